"""Enter and read the figures from before go-live."""

from motcua import bootstrap
from motcua.contracts.reports.enter_opening_figure import OpeningFigureRequest, OpeningFiguresView, OpeningFigureView
from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.registry_command import entry_answer, registry_command
from motcua.usecases.reports import enter_opening_figure as usecases


def read_opening_figures(request: Request, year: str) -> Answer:
    if not staff(request.event).rights:
        raise ForbiddenError("staff_only")
    asked = _year(year)
    opening = usecases.opening_figures(asked, bootstrap.ledger(), bootstrap.registry())
    return Answer(OpeningFiguresView.of(asked, opening))


def enter_opening_figure(request: Request, year: str, agency_id: str, body: OpeningFigureRequest) -> Answer:
    """Enter a figure. If-Match names the version the caller saw, or `"0"` where the list names the agency as missing."""
    asked = _year(year)
    command = registry_command(request, f"enter_opening_figure|{year}|{agency_id}", body.why, changes=True)
    done = usecases.enter_opening_figure(
        command, asked, agency_id, body.to_domain(), bootstrap.ledger(), bootstrap.registry()
    )
    return entry_answer(done, OpeningFigureView.of(done.entry))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and text >= "1000"):
        raise InvalidError("malformed_year", "/year")
    return int(text)


OPERATIONS = (
    Operation(
        "GET",
        "/opening-figures/{year}",
        read_opening_figures,
        OpeningFiguresView,
        "staff",
        "Số liệu đầu kỳ của một năm, và cơ quan nào còn thiếu",
        "A year's opening figures, and which agencies have none",
        refusals=("malformed_year", "no_opening_figures_of_year"),
    ),
    Operation(
        "PUT",
        "/opening-figures/{year}/{agency_id}",
        enter_opening_figure,
        OpeningFigureView,
        "staff",
        "Nhập hoặc sửa số liệu đầu kỳ của một cơ quan",
        "Enter or correct an agency's opening figure",
        body=OpeningFigureRequest,
        command=True,
        guarded=True,
        refusals=(
            "entry_changed_meanwhile",
            "entry_version_differs",
            "malformed_year",
            "no_opening_figures_of_year",
            "unknown_unit",
            "agency_not_counted",
            "more_delivered_than_returned",
        ),
    ),
)
