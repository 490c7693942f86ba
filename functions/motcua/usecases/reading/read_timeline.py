"""Read the timeline for the applicant: stages, dates and agencies, of the own dossier or by tracking."""

from collections.abc import Iterable, Mapping

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.event import Event
from motcua.domain.local_time import local_day
from motcua.domain.reading.applicant_timeline import Stage, stages
from motcua.domain.record import dataclass
from motcua.ports.dossiers import Dossiers
from motcua.ports.registry import Registry
from motcua.usecases.reading.read_dossier import read_own


@dataclass(frozen=True, slots=True)
class Told:
    """A stage, and what its agency was called on that day: empty while the post has the result."""

    stage: Stage
    agency: str


@dataclass(frozen=True, slots=True)
class OwnTimeline:
    """The stages of the own dossier, and the reasons of acts by version."""

    dossier: Dossier
    told: tuple[Told, ...]
    reasons: Mapping[int, str]


def own_timeline(dossier_id: str, citizen: str, dossiers: Dossiers, registry: Registry) -> OwnTimeline:
    """Return the timeline of a citizen's own dossier. Raises NotFoundError when it is not theirs."""
    dossier, persons = read_own(dossier_id, citizen, dossiers)
    return OwnTimeline(dossier, told_stages(dossiers.events(dossier_id), registry), persons.reasons)


def told_stages(events: Iterable[Event], registry: Registry) -> tuple[Told, ...]:
    return tuple(Told(stage, _name(stage, registry)) for stage in stages(events))


def _name(stage: Stage, registry: Registry) -> str:
    unit = registry.unit(stage.agency_id) if stage.agency_id else None
    return unit.on(local_day(stage.at)).name_vi if unit else ""
