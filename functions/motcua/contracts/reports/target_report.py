"""The target report as it is published: the same JSON in the store, in the API and in what a head is shown."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.domain.reports.figure import Fact
from motcua.domain.reports.opening_figure import Document, OpeningFigure
from motcua.domain.reports.target import Share, percent
from motcua.domain.reports.target_report import Line, Period
from motcua.ports.reports import ReportVersion

METHOD_VI = (
    "D = hồ sơ có kết quả đã trả trong kỳ qua mọi kênh; N = trong đó phát tận địa chỉ qua dịch vụ bưu chính công ích; "
    "tỷ lệ = N/D, so sánh không làm tròn. Cách tính là lựa chọn của hệ thống vì công văn 1313/UBND-VP không định nghĩa."
)
METHOD_EN = (
    "D = dossiers whose result was returned in the period by any channel; N = those of D delivered to an address by the "
    "public postal service; ratio = N/D, compared unrounded. This reading is ours: letter 1313/UBND-VP defines none."
)


class ShareView(Outward):
    """N of D. `percent` is for the eye, `ratio` exact; both tell when no results were due.

    `percent` has one decimal, and two where a share below its target would read as if it had reached it.
    """

    delivered_by_post: int
    returned: int
    ratio: str | None
    percent: str

    @classmethod
    def of(cls, share: Share, target: Fraction | None) -> "ShareView":
        ratio = str(share.ratio) if share.ratio is not None else None
        return cls(
            delivered_by_post=share.delivered_by_post,
            returned=share.returned,
            ratio=ratio,
            percent=percent(share.ratio, target),
        )


class DocumentView(Outward):
    """The paper that opening figures are taken from."""

    number: str
    title_vi: str

    @classmethod
    def of(cls, document: Document) -> "DocumentView":
        return cls(number=document.number, title_vi=document.title_vi)


class OpeningView(Outward):
    """The agency's own figures for the days before go-live, `first` to `last`, with their document; included in `year`."""

    delivered_by_post: int
    returned: int
    first: date
    last: date
    document: DocumentView
    author: str

    @classmethod
    def of(cls, figure: OpeningFigure) -> "OpeningView":
        return cls(
            delivered_by_post=figure.delivered_by_post,
            returned=figure.returned,
            first=figure.first,
            last=figure.last,
            document=DocumentView.of(figure.document),
            author=figure.author,
        )


class LineView(Outward):
    """One agency. `reached` and `missing` look at the year so far; both are null where no order states a target.

    `year` counts from `year_from`: 1 January where `opening` figures were entered, else the first day of this system's own
    figures. Where none were entered `opening` is null: unknown, not 0.
    """

    agency_id: str
    agency_vi: str
    kind: str
    month: ShareView
    year: ShareView
    year_from: date
    opening: OpeningView | None
    became_ready: int
    registered_for_post: int
    handed_to_post: int
    target: str | None
    reached: bool | None
    missing: int | None
    rule: str | None

    @classmethod
    def of(cls, line: Line, year_from: date) -> "LineView":
        return cls(
            agency_id=line.agency_id,
            agency_vi=line.agency_vi,
            kind=line.kind.value,
            month=ShareView.of(line.month, line.target),
            year=ShareView.of(line.year, line.target),
            year_from=line.opening.first if line.opening else year_from,
            opening=OpeningView.of(line.opening) if line.opening else None,
            became_ready=line.beside.became_ready,
            registered_for_post=line.beside.registered_for_post,
            handed_to_post=line.beside.handed_to_post,
            target=percent(line.target) if line.target is not None else None,
            reached=line.reached,
            missing=line.missing,
            rule=line.rule or None,
        )


class TargetReportContent(Outward):
    """What a version of a period's report says; two counts that agree make the same content."""

    period: str = Field(examples=["2020-05"])
    year_from: date = Field(description="First day of the year of which this system has figures of its own")
    method_vi: str = METHOD_VI
    method_en: str = METHOD_EN
    lines: list[LineView]


class TargetReportView(TargetReportContent):
    """A published version: when it was made, whether it is provisional, closed or restated, and its content's digest."""

    version: int
    status: str
    made_at: datetime
    digest: str
    reason: str | None = Field(default=None, description="Why a closed month was restated")

    @classmethod
    def of(cls, report: ReportVersion) -> "TargetReportView":
        content = TargetReportContent.model_validate_json(report.content)
        return cls(
            **dict(content),
            version=report.version,
            status=report.status,
            made_at=local(report.made_at) or report.made_at,
            digest=report.digest,
            reason=report.reason or None,
        )


class FactView(Outward):
    """One dossier behind a figure, and why it counts or not. The figure is the sum of `counts`.

    A mistaken act stays: it names the event that took it back, which is listed beside it on the same day and counts −1.
    """

    dossier_id: str
    event_id: str
    day: date
    procedure_code: str
    channel_in: str
    channel_out: str
    why: str | None
    counts: int = Field(description="1, or −1 where it takes a fact back")
    reverses: str | None = Field(description="The event whose fact it takes back")
    reversed_by: str | None = Field(description="The event that took this fact back")


class FactsView(Outward):
    """A cell of the report, opened, page by page."""

    period: str
    agency_id: str
    kind: str
    facts: list[FactView]
    next_cursor: str | None

    @classmethod
    def of(cls, period: str, agency_id: str, kind: str, facts: Sequence[Fact], cursor: str) -> "FactsView":
        views = [
            FactView(
                dossier_id=fact.dossier_id,
                event_id=fact.event_id,
                day=fact.day,
                procedure_code=fact.procedure_code,
                channel_in=fact.channel_in,
                channel_out=fact.channel_out,
                why=fact.why or None,
                counts=fact.counts,
                reverses=fact.reverses or None,
                reversed_by=fact.reversed_by or None,
            )
            for fact in facts
        ]
        return cls(period=period, agency_id=agency_id, kind=kind, facts=views, next_cursor=cursor or None)


def publish(period: Period, year_from: date, lines: Sequence[Line]) -> str:
    """Return the content of a month's report as JSON, the same for the same figures."""
    views = [LineView.of(line, year_from) for line in lines]
    return TargetReportContent(period=str(period), year_from=year_from, lines=views).model_dump_json()
