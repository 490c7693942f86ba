"""One invented dossier's life, run through the real domain and use cases with fixed ids and times.

Every published example comes from here, so none can show a field that the code does not write.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from infra.contracts.examples.sample_registry import CALENDAR, ONE_STOP, PROCEDURE, RULES
from motcua.domain.access.principal import Principal, Role
from motcua.domain.deadline.deadline import due_at
from motcua.domain.dossier.acts.intake import accepted, opened, reception
from motcua.domain.dossier.acts.results import returned
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.persons import Person, PersonKind, Persons
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import LOCAL
from motcua.domain.post.parcel import Parcel
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.rule_book import RuleBook
from motcua.ports.changes import Change, IdempotencyKey
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.post.apply_parcel_event import CarrierReport, KeptCallback, apply_report
from motcua.usecases.post.dispatch_parcel import DispatchMessage, dispatch_parcel
from motcua.usecases.processing import process_dossier
from motcua.usecases.processing.route_dossier import route_dossier

DOSSIER_ID = "5QF2K8ZJ7M4T9XWA"
SUBMISSION_ID = "8R3YC6HN0VB1EGKD"
STAFF_ID = "b1d7c6de-6a52-4f0e-9d7e-0a4c3c1f2e11"
CORRELATION_ID = "3c1a7f0e-52f4-4c55-8b8e-6d1f0a9b7c21"

OWNER = Person(
    PersonKind.CITIZEN,
    "Nguyễn Văn Mẫu",
    "030099000001",
    "0912345678",
    "Số 1, phố Mẫu, phường Trần Phú, thành phố Hải Dương",
)
GIVEN = Series("000.00.04.H23", date(2020, 4, 23), is_sample=True).given(1)
CARRIER_STATES = {
    "C20": "collected",
    "C30": "in_transit",
    "C40": "out_for_delivery",
    "C50": "delivered",
    "C61": "attempt_failed",
}


def at(text: str) -> datetime:
    """Return a moment of 2020 in Viet Nam, from a text like `04-23 08:00`."""
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=LOCAL)


def stamp(moment: datetime) -> Stamp:
    return Stamp(moment, moment + timedelta(milliseconds=412), STAFF_ID, CORRELATION_ID)


@dataclass
class SampleDossier:
    """The ports of the use cases, in memory, for one dossier. `states` holds the dossier after each event."""

    dossier: Dossier
    parcel: Parcel | None = None
    events: list[Event] = field(default_factory=list)
    states: dict[str, Dossier] = field(default_factory=dict)

    @classmethod
    def opened_by(cls, event: Event) -> "SampleDossier":
        sample = cls(evolve(None, event))
        sample.commit(Change((event,), sample.dossier))
        return sample

    def commit(self, change: Change) -> None:
        self.events += change.events
        self.dossier, self.parcel = change.dossier or self.dossier, change.parcel or self.parcel
        self.states |= {event.id: self.dossier for event in change.events if event.subject == self.dossier.id}

    def append(self, event: Event) -> None:
        self.commit(Change((event,), evolve(self.dossier, event)))

    def load(self, _dossier_id: str) -> Dossier:
        return self.dossier

    def load_with_parcel(self, _order_number: str) -> Any:
        return self.dossier, self.parcel, Persons(OWNER)

    def parcel_state(self, _carrier_system: str, code: str) -> str | None:
        return CARRIER_STATES.get(code)

    def rules(self) -> RuleBook:
        return RULES

    def unit(self, _unit_id: str) -> Unit:
        return ONE_STOP

    def place(self, _order: object) -> None:
        """Accept every order, as the carrier."""

    def reach(self, event_type: EventType) -> Event:
        """Return the first event of this type."""
        return next(event for event in self.events if event.type is event_type)


def processed(channel_out: ChannelOut) -> SampleDossier:
    """Return a dossier that was received at the counter, routed, taken over and resolved."""
    received_at = at("04-23 08:00")
    more = reception(GIVEN, due_at(received_at, PROCEDURE.limit, CALENDAR))
    channels = (ChannelIn.COUNTER, channel_out)
    sample = SampleDossier.opened_by(
        opened(EventType.DOSSIER_RECEIVED, DOSSIER_ID, PROCEDURE, ONE_STOP, channels, stamp(received_at), **more)
    )
    outside: Any = sample
    route_dossier(sample.events[0], "", received_at + timedelta(seconds=2), outside)
    office: Any = SimpleNamespace(dossiers=sample, registry=sample)
    process_dossier.take_over(_act(sample, "04-23 09:15"), office)
    process_dossier.resolve(_act(sample, "04-27 15:40"), office)
    return sample


def returned_by_post(place: str = "address") -> SampleDossier:
    """Return one that the public postal service delivered at the second attempt."""
    sample = processed(ChannelOut.POST)
    outside: Any = sample
    ready = sample.reach(EventType.PARCEL_READY)
    dispatch_parcel(DispatchMessage(ready, ""), ready.stamp.recorded_at, outside, outside, outside)
    for report in (
        _report("C20", "04-28 09:05"),
        _report("C30", "04-28 15:00"),
        _report("C61", "04-29 10:20", reason="recipient_absent"),
        _report("C40", "05-04 08:10"),
        delivery(place),
    ):
        told_at = report.occurred_at + timedelta(minutes=2)
        found: Any = (sample.dossier, sample.parcel)
        kept = KeptCallback("simulator", "msg_1", report.order_number, CORRELATION_ID, "")
        apply_report(report, found, kept, told_at, outside, outside)
    return sample


def returned_at_the_counter() -> SampleDossier:
    sample = processed(ChannelOut.COUNTER)
    sample.append(returned(sample.dossier, ChannelOut.COUNTER, stamp(at("04-28 08:30"))))
    return sample


def submitted_online() -> SampleDossier:
    """Return one that was submitted through the portal and accepted by a clerk, with its result to go by post."""
    channels = (ChannelIn.ONLINE, ChannelOut.POST)
    sample = SampleDossier.opened_by(
        opened(EventType.DOSSIER_SUBMITTED, SUBMISSION_ID, PROCEDURE, ONE_STOP, channels, stamp(at("04-23 20:12")))
    )
    accepted_at = at("04-24 07:45")
    due = due_at(accepted_at, PROCEDURE.limit, CALENDAR)
    given = Series("000.00.04.H23", accepted_at.date(), is_sample=True).given(1)
    sample.append(accepted(sample.dossier, reception(given, due), stamp(accepted_at)))
    return sample


def delivery(place: str = "address") -> CarrierReport:
    return _report("C50", "05-04 10:35", place=place)


def _report(code: str, moment: str, place: str = "", reason: str = "") -> CarrierReport:
    return CarrierReport("simulator", f"{DOSSIER_ID}-1", code, at(moment), place, reason)


def _act(sample: SampleDossier, moment: str) -> StaffCommand:
    officer = Principal(STAFF_ID, frozenset({(Role.OFFICER, "skhdt")}))
    return StaffCommand(sample.dossier.id, sample.dossier.version, officer, stamp(at(moment)), IdempotencyKey("", ""))
