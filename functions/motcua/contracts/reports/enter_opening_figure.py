"""Opening figures as they cross the wire."""

from datetime import date
from typing import Annotated

from pydantic import Field

from motcua.contracts.fields import Text, Why
from motcua.contracts.model import Inward, Outward
from motcua.contracts.reports.target_report import DocumentView
from motcua.domain.registry.entry import Entry
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import Document, OpeningFigure
from motcua.usecases.reports.enter_opening_figure import Opening, Told

Count = Annotated[int, Field(strict=True, ge=0, le=9_999_999)]


class DocumentModel(Inward):
    """The paper that the figures are taken from."""

    number: Text = Field(examples=["15/BC-STP"])
    title_vi: Text = Field(examples=["Báo cáo kết quả trả hồ sơ qua bưu chính từ 01/01/2020"])


class OpeningFigureRequest(Inward):
    """D and N of the months before go-live; which days these are is said by the rule of go-live."""

    returned: Count = Field(description="D: results returned, by any channel", examples=[24])
    delivered_by_post: Count = Field(
        description="N: those of D delivered to an address by the public postal service", examples=[14]
    )
    document: DocumentModel
    author: Text = Field(description="Who drew the figures up", examples=["Văn phòng Sở Tư pháp"])
    why: Why = Field(examples=["Nhập số liệu đầu kỳ theo báo cáo của Sở"])

    def to_domain(self) -> Told:
        document = Document(self.document.number, self.document.title_vi)
        return Told(self.returned, self.delivered_by_post, document, self.author)


class OpeningFigureView(Outward):
    """One agency's figure; `version` goes into If-Match of its correction."""

    agency_id: str
    year: int
    first: date
    last: date
    returned: int
    delivered_by_post: int
    document: DocumentView
    author: str
    version: int
    outdated: bool = Field(
        description="Ngày hệ thống bắt đầu ghi nhận đã đổi từ khi nhập: không được tính, hãy nhập lại · Go-live was moved "
        "since it was entered: it counts nowhere until it is entered anew"
    )

    @classmethod
    def of(cls, entry: Entry[OpeningFigure], *, outdated: bool = False) -> "OpeningFigureView":
        figure = entry.thing
        return cls.model_construct(
            agency_id=figure.agency_id,
            year=figure.year,
            first=figure.first,
            last=figure.last,
            returned=figure.returned,
            delivered_by_post=figure.delivered_by_post,
            document=DocumentView.of(figure.document),
            author=figure.author,
            version=entry.version,
            outdated=outdated,
        )


class MissingOpeningView(Outward):
    """An agency whose year counts from go-live, because nothing was entered; `version` 0 goes into If-Match."""

    agency_id: str
    agency_vi: str
    kind: str
    version: int = 0

    @classmethod
    def of(cls, agency: Unit) -> "MissingOpeningView":
        return cls.model_construct(agency_id=agency.id, agency_vi=agency.name_vi, kind=agency.kind.value, version=0)


class OpeningFiguresView(Outward):
    """A year's opening figures, from `first` to `last`, both included; who has none is named, not counted as 0."""

    year: int
    first: date
    last: date
    figures: list[OpeningFigureView]
    missing: list[MissingOpeningView]

    @classmethod
    def of(cls, year: int, opening: Opening) -> "OpeningFiguresView":
        return cls.model_construct(
            year=year,
            first=opening.first,
            last=opening.last,
            figures=[
                OpeningFigureView.of(entry, outdated=opening.is_outdated(entry.thing)) for entry in opening.entered
            ],
            missing=[MissingOpeningView.of(agency) for agency in opening.missing],
        )
