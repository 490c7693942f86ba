"""`make close`: run the month's close by hand for a period, through the function that the schedule calls."""

import argparse
import json

from infra.engine.errors import LocalRunError, run
from infra.stack.deployed import chosen


def main() -> None:
    """Print the function's answer: published, unchanged, not_due, deferred or differs."""
    parser = argparse.ArgumentParser(prog="make close", description=__doc__)
    parser.add_argument("period", help="the month, such as 2020-05")
    parser.add_argument("--mode", choices=("provisional", "close_when_due", "close"), default="close_when_due")
    parser.add_argument("--reason", default="", help="restate a closed month, for this reason")
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    options = parser.parse_args()
    place = chosen(options.aws)
    payload = {"mode": options.mode, "period": options.period, "reason": options.reason}
    result = place.client("lambda").invoke(
        FunctionName=place.outputs["CloseMonthFunctionName"], Payload=json.dumps(payload).encode()
    )
    answer = json.loads(result["Payload"].read())
    if result.get("FunctionError"):
        raise LocalRunError(f"Hàm chốt tháng lỗi: {answer}", f"The closing function failed: {answer}")
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    run(main)
