"""Find procedures and read their versions; open to everybody."""

from motcua import bootstrap
from motcua.contracts.registry.find_procedures import ProceduresView, ProcedureView, VersionsView
from motcua.domain.errors import InvalidError
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import field_names
from motcua.domain.registry.unit import Level
from motcua.domain.search.folding import fold
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.paging import following, page_of
from motcua.routes.query import asked_choice, asked_number, asked_text, check_names
from motcua.routes.registry.public_reading import directory_on, etag_of, name_query, named_unit
from motcua.usecases.registry import find_procedures as finding

LONGEST_SEARCH = 200


OF_PROCEDURES = ("q", "field", "level", "agency", "on", "limit", "cursor")


def list_procedures(request: Request) -> Answer:
    check_names(request, OF_PROCEDURES)
    directory = directory_on(request)
    day = directory.day
    known = finding.in_force(bootstrap.registry(), day)
    fields = field_names(known)
    wanted = finding.ProcedureFilter(
        asked_text(request, "q", LONGEST_SEARCH),
        _field(request, fields),
        Level(level) if (level := asked_choice(request, "level", Level)) else None,
        named_unit(request, "agency", directory),
    )
    found = finding.find_procedures(known, wanted)
    asked = name_query(request, OF_PROCEDURES) | {"on": day.isoformat()}
    page, cursor = page_of(found, lambda each: each.place, f"/procedures|{asked}", request)
    view = ProceduresView.model_construct(
        on=day,
        total=len(found),
        procedures=[ProcedureView.of(each.procedure, directory) for each in page],
        fields=fields,
        next_cursor=cursor or None,
    )
    return Answer(view, headers=following("/procedures", cursor, **asked, limit=request.limit()))


def read_procedure(request: Request, code: str) -> Answer:
    check_names(request, ("on", "version"))
    registry, directory = bootstrap.registry(), directory_on(request)
    version = finding.published_version(registry, code, directory.day, asked_number(request, "version"))
    return Answer(ProcedureView.of(version, directory), headers=etag_of(registry.entry(EntryKind.PROCEDURE, code)))


def list_procedure_versions(request: Request, code: str) -> Answer:
    check_names(request, ())
    return Answer(VersionsView.of(finding.known_procedure(bootstrap.registry(), code)))


def _field(request: Request, fields: list[str]) -> str:
    """Return a field (lĩnh vực) in use by its name, ignoring marks and case."""
    sent = asked_text(request, "field", LONGEST_SEARCH)
    if sent and fold(sent) not in {fold(each) for each in fields}:
        raise InvalidError("not_allowed", "/field", expected="; ".join(fields))
    return sent


OPERATIONS = (
    Operation(
        "GET",
        "/procedures",
        list_procedures,
        ProceduresView,
        "public",
        "Tìm thủ tục đã công khai: không cần dấu, theo lĩnh vực, cấp, cơ quan",
        "Find published procedures: marks do not matter; by field, level and agency",
        query=OF_PROCEDURES,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/procedures/{code}",
        read_procedure,
        ProcedureView,
        "public",
        "Xem một thủ tục: giấy tờ, thời hạn, phí, bưu chính, trực tuyến",
        "Read a procedure: papers, limit, fee, post, online",
        query=("on", "version"),
        refusals=("entry_not_found", "procedure_not_in_force", "procedure_version_not_found"),
    ),
    Operation(
        "GET",
        "/procedures/{code}/versions",
        list_procedure_versions,
        VersionsView,
        "public",
        "Các phiên bản đã công khai của một thủ tục",
        "The published versions of a procedure",
        refusals=("entry_not_found",),
    ),
)
