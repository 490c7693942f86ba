"""procedures.csv: every version of every procedure, one per row.

An entry of the registry is one procedure's versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from infra.registry.cells import COMPONENTS, DAY, LEGS, NAMES, NUMBER, WHOLE, YES_OR_NO, column
from infra.registry.table import Made, Reading, Said, Table, units_of
from motcua.contracts.registry.procedure import VersionModel
from motcua.domain.errors import Fault
from motcua.domain.registry.consistency import faults_of_procedure
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import Procedure, ProcedureVersions

NEXT = 0
"""The number of a row whose column `version` is empty: the procedure's content from now on."""


class Procedures(Table):
    """The table of procedures. A known published version stays as it is, because dossiers were received under it.

    Only the day of its withdrawal may change. A row without a version is compared with the last one: if it is the same,
    nothing happens; a draft is replaced; after a published version it becomes the next one.
    """

    name, file, kind = "procedures", "procedures.csv", EntryKind.PROCEDURE
    vi, en = "thủ tục", "procedures"
    model = VersionModel
    key = "code"
    columns = (
        column("code"),
        column("version", WHOLE, optional=True),
        column("kind"),
        column("name_vi"),
        column("field_vi"),
        column("levels", NAMES),
        column("owner_vi"),
        column("agency_id"),
        column("counts_in_department", YES_OR_NO),
        column("limit_count", NUMBER, at="limit/count"),
        column("limit_unit", at="limit/unit"),
        column("after_supplement"),
        column("fee_vnd", WHOLE),
        column("post_in", YES_OR_NO),
        column("post_out", YES_OR_NO),
        column("online_level", WHOLE),
        column("sensitive", YES_OR_NO),
        column("components", COMPONENTS),
        column("legs", LEGS),
        column("values_of"),
        column("evidence"),
        column("published_on", DAY),
        column("withdrawn_on", DAY),
        column("decision_number", at="decision/number"),
        column("decision_date", DAY, at="decision/date"),
        column("decision_document", at="decision/document"),
    )

    def record(self, model: VersionModel) -> Procedure:
        version = model.to_version()
        return version if "version" in model.model_fields_set else replace(version, version=NEXT)

    def id_of(self, record: Procedure) -> str:
        return f"{record.code} · {record.version or 'version ?'}"

    def gather(self, said: Sequence[Said], reading: Reading) -> dict[str, Made]:
        rows: dict[str, list[Said]] = defaultdict(list)
        units = units_of(reading.known)
        for each in said:
            rows[each.record.code].append(each)
            self.tell(reading.findings, each.row, *faults_of_procedure(each.record, units))
        stored = reading.known.of(self.kind)
        made = {}
        for code, of_code in rows.items():
            before = stored[code].thing.versions if code in stored else ()
            merge = _Merge(code, {each.version: each for each in before})
            for each in sorted(of_code, key=lambda each: each.record.version or float("inf")):
                if fault := merge.add(each.record):
                    self.tell(reading.findings, each.row, fault)
            made[code] = Made(of_code[0].row, merge.made)
        return made

    def records(self, things: Iterable[ProcedureVersions]) -> Iterator[Procedure]:
        for known in sorted(things, key=lambda known: known.code):
            yield from known.versions


@dataclass(slots=True)
class _Merge:
    """The versions of one procedure: those that are stored, merged with those of a file."""

    code: str
    versions: dict[int, Procedure]

    @property
    def made(self) -> ProcedureVersions:
        return ProcedureVersions(self.code, tuple(self.versions[number] for number in sorted(self.versions)))

    def add(self, said: Procedure) -> Fault | None:
        """Add a version, or return why it does not fit."""
        version = replace(said, version=self._number_of(said)) if said.version == NEXT else said
        number, last = version.version, max(self.versions, default=0)
        before, previous = self.versions.get(number), self.versions.get(number - 1)
        if number > last + 1:
            return Fault("version_gap", "/version", {"version": str(last + 1)})
        if previous is not None and previous.published_on is None:
            return Fault("draft_not_last", "/version")
        if before is not None and before.published and not _same(before, version):
            return Fault("version_stands", "/version", {"version": str(number)})
        if previous and previous.published_on and _too_early(said, version, previous):
            return Fault("not_published_later", "/published_on", {"day": previous.published_on.isoformat()})
        self.versions[number] = version
        return None

    def _number_of(self, version: Procedure) -> int:
        """Return the number that a version without one gets."""
        last = max(self.versions, default=0)
        published = [each for each in self.versions.values() if each.published]
        if published and _same(published[-1], version):
            return published[-1].version
        return last + 1 if published and published[-1].version == last else last or 1


def _same(one: Procedure, other: Procedure) -> bool:
    """Return whether both versions are the same, apart from number and day of withdrawal."""
    return replace(one, version=NEXT, withdrawn_on=None) == replace(other, version=NEXT, withdrawn_on=None)


def _too_early(said: Procedure, version: Procedure, previous: Procedure) -> bool:
    """Return whether a version does not begin after the one before it.

    When both have numbers of their own, they may begin on the same day.
    """
    if version.published_on is None or previous.published_on is None:
        return False
    if said.version == NEXT:
        return version.published_on <= previous.published_on
    return version.published_on < previous.published_on
