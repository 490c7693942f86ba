"""The timeline for the applicant: stages, dates and agencies, through the portal for the own dossier, and by tracking."""

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
    """A stage, and what its agency was called on that day; empty while the post has it."""

    stage: Stage
    agency: str


@dataclass(frozen=True, slots=True)
class OwnTimeline:
    """Of the own dossier: its stages, and by version why an act was done."""

    dossier: Dossier
    told: tuple[Told, ...]
    reasons: Mapping[int, str]


def own_timeline(dossier_id: str, citizen: str, dossiers: Dossiers, registry: Registry) -> OwnTimeline:
    """NotFoundError for a dossier that is not this citizen's own."""
    dossier, persons = read_own(dossier_id, citizen, dossiers)
    return OwnTimeline(dossier, told_stages(dossiers.events(dossier_id), registry), persons.reasons)


def told_stages(events: Iterable[Event], registry: Registry) -> tuple[Told, ...]:
    return tuple(Told(stage, _name(stage, registry)) for stage in stages(events))


def _name(stage: Stage, registry: Registry) -> str:
    unit = registry.unit(stage.agency_id) if stage.agency_id else None
    return unit.on(local_day(stage.at)).name_vi if unit else ""
