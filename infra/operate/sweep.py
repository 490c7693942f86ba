"""`make sweep`: sweep the deadlines by hand, through the function that the schedules call."""

import argparse
import json
from typing import Any

from infra.engine.errors import LocalRunError, run
from infra.stack.deployed import Place, chosen
from infra.stack.stack import Stack


def sweep(place: Place | Stack, as_of: str = "") -> dict[str, Any]:
    """Return the function's answer: the count of each reminder, and whether the sweep finished."""
    payload = {"as_of": as_of} if as_of else {}
    result = place.client("lambda").invoke(
        FunctionName=place.outputs["SweepDeadlinesFunctionName"], Payload=json.dumps(payload).encode()
    )
    answer: dict[str, Any] = json.loads(result["Payload"].read())
    if result.get("FunctionError"):
        raise LocalRunError(f"Hàm rà soát thời hạn lỗi: {answer}", f"The sweep of deadlines failed: {answer}")
    return answer


def main() -> None:
    """Print the function's answer."""
    parser = argparse.ArgumentParser(prog="make sweep", description=__doc__)
    parser.add_argument("--as-of", default="", help="from which moment to look, as 2020-05-07T08:00:00+07:00; else now")
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    options = parser.parse_args()
    print(json.dumps(sweep(chosen(options.aws), options.as_of), ensure_ascii=False))


if __name__ == "__main__":
    run(main)
