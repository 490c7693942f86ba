"""The faults of a file: every bad row by line and column, in Vietnamese and English, all at once."""

from dataclasses import dataclass, field
from typing import NamedTuple

from motcua import problems
from motcua.domain.errors import Fault


class Words(NamedTuple):
    vi: str
    en: str


WORDS: dict[str, Words] = {
    "empty_file": Words("Tệp không có dòng dữ liệu nào.", "The file has no rows."),
    "unknown_column": Words("Không có cột “{column}”.", "There is no column “{column}”."),
    "missing_column": Words("Thiếu cột “{column}”.", "Column “{column}” is missing."),
    "column_twice": Words("Cột “{column}” có hai lần.", "Column “{column}” stands twice."),
    "cells_differ": Words(
        "Dòng có {count} ô, tiêu đề có {expected}.", "The row has {count} cells, the header {expected}."
    ),
    "quotes_broken": Words("Dấu ngoặc kép không đúng quy cách CSV.", "The quotes are not those of CSV."),
    "stands_twice": Words("“{id}” đã có ở dòng {line}.", "“{id}” stands in line {line} already."),
    "calendar_differs": Words(
        "Lịch năm {year} đã có, với ngày khác. Hồ sơ đang giải quyết có thể đổi hạn: hãy dùng lệnh thay đổi lịch "
        "(xem trước, rồi áp dụng).",
        "The calendar of {year} is there, with other days. Open dossiers may get other due dates: use the calendar "
        "change (preview, apply).",
    ),
    "version_stands": Words(
        "Phiên bản {version} đã công khai và khác nội dung này. Hồ sơ giữ phiên bản đã tiếp nhận, nên không sửa: hãy để "
        "trống cột version để nhập phiên bản tiếp theo.",
        "Version {version} was published and says otherwise. Dossiers keep the version they were received under: leave "
        "column version empty to enter the next one.",
    ),
    "version_gap": Words(
        "Thiếu phiên bản {version} trước phiên bản này.", "Version {version} is missing before this one."
    ),
    "draft_not_last": Words(
        "Chỉ phiên bản cuối được để trống ngày công khai.", "Only the last version may be unpublished."
    ),
    "not_published_later": Words(
        "Phiên bản mới phải công khai sau ngày {day}, hoặc để trống (bản thảo).",
        "A next version is published after {day}, or not yet (empty, a draft).",
    ),
    "unknown_order": Words("Không có quy định “{order}” loại review_order.", "There is no review order “{order}”."),
    "no_department": Words("“{unit}” không phải sở, ban, ngành.", "“{unit}” is no department."),
    "entered_after_step": Words(
        "Việc này đã sang bước tiếp theo ngày {day}, không thể được giao sau đó.",
        "Its next step was on {day}; it cannot have been entered later.",
    ),
    "name_of_no_unit": Words("Không có đơn vị nào tên “{name}”.", "There is no unit named “{name}”."),
    "name_of_two_units": Words("Có nhiều đơn vị tên “{name}”.", "Several units are named “{name}”."),
    "owner_of_no_department": Words(
        "Không tìm thấy sở, ngành của “{owner}”. Hãy nhập đơn vị trước.",
        "No department was found for “{owner}”. Import the units first.",
    ),
}
"""Texts of faults that only a file can have. All others are in `motcua.problems`."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """One fault. `line` counts from 1; `column` is empty when the whole row is at fault."""

    line: int
    column: str
    fault: Fault

    @property
    def text(self) -> str:
        place = f"dòng (line) {self.line}" + (f", cột (column) {self.column}" if self.column else "")
        return f"{place}: {' · '.join(words(self.fault))}"


class BadFileError(Exception):
    """The file has faults, and nothing of it was written."""

    def __init__(self, rows: list[BadRow]) -> None:
        self.rows = sorted(rows, key=lambda row: row.line)
        super().__init__("\n".join(row.text for row in self.rows))


@dataclass(slots=True)
class Findings:
    """The faults found so far."""

    rows: list[BadRow] = field(default_factory=list)

    def add(self, line: int, place: str, code: str, /, **params: object) -> None:
        self.rows.append(BadRow(line, place, Fault(code, "", {name: str(value) for name, value in params.items()})))

    def stop(self) -> None:
        """Raise BadFileError if anything was found."""
        if self.rows:
            raise BadFileError(self.rows)


def words(fault: Fault) -> tuple[str, str]:
    if fault.code not in WORDS:
        return problems.words(fault)
    text = WORDS[fault.code]
    return text.vi.format_map(fault.params), text.en.format_map(fault.params)
