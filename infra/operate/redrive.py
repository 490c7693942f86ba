"""`make redrive`: put the messages of a dead-letter queue back into its queue once the cause is fixed.

It receives, sends and deletes in this order, so that nothing is lost in between. A message may then come twice, which
every consumer expects. It works on a running `make up` or, with --aws, on the deployed stack.
"""

import argparse
from typing import Any

from infra.engine.errors import LocalRunError, run
from infra.stack.deployed import chosen

DEAD = "DeadLetterQueueUrl"


def depth(sqs: Any, url: str) -> int:
    """Return how many messages are in the queue (an estimate on AWS)."""
    names = ["ApproximateNumberOfMessages"]
    return int(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"][names[0]])


def redrive(sqs: Any, dead_url: str, url: str) -> int:
    """Move the messages that are in the dead-letter queue now and return how many. New failures are left there."""
    waiting, moved = depth(sqs, dead_url), 0
    while moved < waiting:
        batch = sqs.receive_message(
            QueueUrl=dead_url,
            MaxNumberOfMessages=min(10, waiting - moved),
            MessageAttributeNames=["All"],
            WaitTimeSeconds=2,
        ).get("Messages", [])
        if not batch:
            break
        entries = [
            {
                "Id": str(place),
                "MessageBody": message["Body"],
                **({"MessageAttributes": message["MessageAttributes"]} if message.get("MessageAttributes") else {}),
            }
            for place, message in enumerate(batch)
        ]
        sent = sqs.send_message_batch(QueueUrl=url, Entries=entries).get("Successful", [])
        handles = [{"Id": one["Id"], "ReceiptHandle": batch[int(one["Id"])]["ReceiptHandle"]} for one in sent]
        if not handles:
            raise LocalRunError("SQS không nhận lại thông điệp nào.", "SQS took none of the messages back.")
        sqs.delete_message_batch(QueueUrl=dead_url, Entries=handles)
        moved += len(handles)
    return moved


def main() -> None:
    """Redrive the named queue; without a name, show how many messages each dead-letter queue holds."""
    parser = argparse.ArgumentParser(prog="make redrive", description=__doc__)
    parser.add_argument("queue", nargs="?", default="", help="Routing, Dispatch, ParcelEvents, Figures …")
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    options = parser.parse_args()
    place = chosen(options.aws)
    sqs, outputs = place.client("sqs"), place.outputs
    pairs = {
        name.removesuffix(DEAD): (url, outputs[name.removesuffix(DEAD) + "QueueUrl"])
        for name, url in outputs.items()
        if name.endswith(DEAD) and name.removesuffix(DEAD) + "QueueUrl" in outputs
    }
    if not options.queue:
        for name, (dead_url, _) in sorted(pairs.items()):
            print(f"{name:<14} {depth(sqs, dead_url):>6}")
        return
    if options.queue not in pairs:
        known = ", ".join(sorted(pairs))
        raise LocalRunError(f"Không có hàng đợi “{options.queue}”. Có: {known}", f"No such queue; there are: {known}")
    print(f"{options.queue}: {redrive(sqs, *pairs[options.queue])} thông điệp đã chuyển lại · messages put back")


if __name__ == "__main__":
    run(main)
