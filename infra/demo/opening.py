"""Opening figures of two agencies for the months before go-live.

The numbers are invented, and their documents say so.
"""

from datetime import datetime
from typing import Any

from infra.demo.office import CONTROLLER, Office
from motcua.domain.local_time import LOCAL

AT = datetime(2020, 4, 23, 7, 0, tzinfo=LOCAL)

TOLD: dict[str, tuple[str, dict[str, Any]]] = {
    # agency → who enters it, and what the document says
    "stp": (
        "head@stp",
        {
            "returned": 24,
            "delivered_by_post": 14,
            "document": {
                "number": "Mẫu 01/BC-STP",
                "title_vi": "Báo cáo ví dụ: kết quả đã trả từ 01/01 đến 22/4/2020",
            },
            "author": "Văn phòng Sở Tư pháp (ví dụ)",
            "why": "Nhập số liệu đầu kỳ, số ví dụ của chương trình chạy thử",
        },
    ),
    "h288": (
        CONTROLLER,
        {
            "returned": 40,
            "delivered_by_post": 5,
            "document": {
                "number": "Mẫu 02/BC-UBND",
                "title_vi": "Báo cáo ví dụ: kết quả đã trả từ 01/01 đến 22/4/2020",
            },
            "author": "Văn phòng HĐND và UBND (ví dụ)",
            "why": "Nhập thay đơn vị, số ví dụ của chương trình chạy thử",
        },
    ),
}
"""The other agencies enter nothing. Their year begins with go-live, and the report says so."""


def tell_opening(office: Office) -> None:
    """Enter the figures on the morning of go-live, as people who saw that there were none yet."""
    for agency_id, (who, told) in TOLD.items():
        office.tell_opening(who, AT.year, agency_id, told, AT)
