"""A dossier that runs through the real use cases in memory: its beginnings, people's attempts, and the queues."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from infra.registry.linked_sample import LINKED
from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.correction import ReissueTerms
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.dossier.parts import AtFault, ReissueKind
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Event, Queue
from motcua.domain.registry.procedure import AfterSupplement, Leg, LimitUnit, Procedure, ProcedureVersions, TimeLimit
from motcua.ports.dossiers import DossierContext
from motcua.usecases.deadline.sweep_deadlines import Swept, sweep_deadlines
from motcua.usecases.dossier_command import ApplicantCommand, CommandResult, StaffCommand
from motcua.usecases.intake.ask_at_intake import NOTHING, AtIntake
from motcua.usecases.intake.correct_receipt import Correction, correct_receipt
from motcua.usecases.intake.decide_submission import accept_submission, refuse_submission
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.intake.refuse_at_counter import RefuseAtCounter, refuse_at_counter
from motcua.usecases.intake.register_transitional import RegisterTransitional, register_transitional
from motcua.usecases.intake.submit_dossier import SubmitDossier, submit_dossier
from motcua.usecases.intake.withdraw_dossier import withdraw, withdraw_own
from motcua.usecases.post.apply_parcel_event import CarrierReport, KeptCallback, apply_report
from motcua.usecases.post.dispatch_parcel import DispatchMessage, dispatch_parcel
from motcua.usecases.processing.apologise import apologise
from motcua.usecases.processing.ask_opinion import ask_opinion, give_opinion
from motcua.usecases.processing.assign_dossier import assign_dossier
from motcua.usecases.processing.finish_leg import finish_leg
from motcua.usecases.processing.hand_over_paper import hand_over_paper, take_paper
from motcua.usecases.processing.pause_dossier import pause_dossier, resume_dossier
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.refuse_after_appraisal import refuse_after_appraisal
from motcua.usecases.processing.request_payment import confirm_payment, request_payment
from motcua.usecases.processing.request_supplement import MissingPapers, complete_supplement, request_supplement
from motcua.usecases.processing.route_dossier import route_dossier, transfer
from motcua.usecases.results.choose_return_channel import Choice, choose_own_return_channel, choose_return_channel
from motcua.usecases.results.reissue_result import reissue_result
from motcua.usecases.results.return_result import return_answer, return_result
from motcua.usecases.results.reverse_act import reverse_resolution, reverse_return
from tests.kit.fakes import CLERK, MORNING, OWNER, PERSONS, MemoryDossiers, Partner, dossier_context, key, stamp
from tests.kit.memory_next_checks import MemoryWatched
from tests.kit.shipped import EveryState

ONE_STOP, LEAD = "mc-tinh", "skhdt"
AGENCIES = (LEAD, "stp", "vp-ubnd", "snv")
STRANGER = "030099000777"
CLOSED = MORNING - timedelta(days=3)
"""Monday 20 April 2020: the counters are closed, the post and the portal go on."""


def sample(code: str, count: str, unit: LimitUnit, after: AfterSupplement, *legs: Leg) -> Procedure:
    """An invented procedure of the Department of Planning and Investment."""
    limit = TimeLimit(Decimal(count), unit) if count else None
    return replace(LINKED, code=code, limit=limit, after_supplement=after, legs=legs)


def _leg(step: int, agency_id: str, days: int) -> Leg:
    return Leg(step, agency_id, TimeLimit(Decimal(days), LimitUnit.WORKING_DAY))


PLAIN = (
    sample("MAU.NGAY", "5", LimitUnit.WORKING_DAY, AfterSupplement.RESTART),
    sample("MAU.NUA", "2.5", LimitUnit.WORKING_DAY, AfterSupplement.PAUSE),
    sample("MAU.GIO", "12", LimitUnit.HOUR, AfterSupplement.PAUSE),
    sample("MAU.LICH", "10", LimitUnit.CALENDAR_DAY, AfterSupplement.PAUSE),
    sample("MAU.TRONG", "0", LimitUnit.WORKING_DAY, AfterSupplement.RESTART),
    sample("MAU.DAI", "30", LimitUnit.WORKING_DAY, AfterSupplement.PAUSE),
)
LINKED_ONES = (
    LINKED,
    replace(LINKED, code="MAU.LT.02", after_supplement=AfterSupplement.PAUSE),
    sample(
        "MAU.LT.03",
        "",
        LimitUnit.WORKING_DAY,
        AfterSupplement.PAUSE,
        _leg(1, LEAD, 2),
        _leg(2, "stp", 3),
        _leg(2, "vp-ubnd", 1),
        _leg(3, LEAD, 2),
    ),
)
PROCEDURES = {each.code: each for each in (*PLAIN, *LINKED_ONES)}
REGISTRY = EveryState(procedures=[ProcedureVersions(code, (each,)) for code, each in PROCEDURES.items()])


def staff(subject: str, *rights: tuple[Role, str]) -> Principal:
    return Principal(subject, frozenset(rights))


STAFF = (
    staff("clerk-1", (Role.CLERK, ONE_STOP)),
    staff("clerk-2", (Role.CLERK, ONE_STOP)),
    staff("counter-head", (Role.HEAD, ONE_STOP)),
    *(staff(f"officer-{unit}", (Role.OFFICER, unit)) for unit in AGENCIES),
    *(staff(f"head-{unit}", (Role.HEAD, unit)) for unit in AGENCIES),
    staff("officer-2", (Role.OFFICER, LEAD)),
    staff("deputy", (Role.HEAD, LEAD), (Role.OFFICER, LEAD)),
    staff("controller", (Role.CONTROLLER, "tinh")),
    staff("clerk-elsewhere", (Role.CLERK, "mc-h288")),
)
EVERYBODY: tuple[Principal | str, ...] = (*STAFF, OWNER.number, STRANGER)
"""A text stands for a citizen, for whom the portal vouches."""

SPELT_ANEW = replace(OWNER, name="Nguyễn Văn Mẫu Mực")
MOVED_AWAY = replace(OWNER, address="Số 2, ngõ Sâu")
SECRETS = ("Bí Mật", SPELT_ANEW.name, MOVED_AWAY.address, OWNER.name, OWNER.number, OWNER.phone, OWNER.address)
"""Personal values, and a mark in every reason. None of them may be in an event."""

FOR_THE_OTHER_HAND = "Đồng ý, Bí Mật"
OPINION_LIMIT = TimeLimit(Decimal(3), LimitUnit.WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries an act. `told` is the act's own argument."""

    act: str
    by: Principal | str
    told: Any = None


def _accept(act: StaffCommand, told: str, why: str, dossier_context: DossierContext) -> CommandResult:
    asks = {"supplement": AtIntake(supplement_reason=why), "payment": AtIntake(payment_vnd=50_000)}
    return accept_submission(act, dossier_context, asks=asks.get(told, NOTHING))


def _supplement(act: StaffCommand, approved: bool, why: str, dossier_context: DossierContext) -> CommandResult:
    return request_supplement(act, MissingPapers(why, FOR_THE_OTHER_HAND if approved else ""), dossier_context)


ACTS: dict[str, Callable[[StaffCommand, Any, str, DossierContext], CommandResult]] = {
    "accept": _accept,
    "refuse": lambda act, _, why, dossier_context: refuse_submission(act, why, dossier_context),
    "withdraw": lambda act, _, why, dossier_context: withdraw(act, why, dossier_context),
    "correct_receipt": lambda act, told, why, dossier_context: correct_receipt(
        act, Correction(told), why, dossier_context
    ),
    "hand_over_paper": lambda act, _, __, dossier_context: hand_over_paper(act, dossier_context),
    "complete_supplement": lambda act, _, __, dossier_context: complete_supplement(act, dossier_context),
    "confirm_payment": lambda act, _, __, dossier_context: confirm_payment(act, dossier_context),
    "choose_return_channel": lambda act, told, _, dossier_context: choose_return_channel(
        act, Choice(told), dossier_context
    ),
    "return": lambda act, told, _, dossier_context: return_result(act, told, dossier_context),
    "return_answer": lambda act, told, _, dossier_context: return_answer(act, told, dossier_context),
    "reverse_return": lambda act, _, why, dossier_context: reverse_return(act, why, dossier_context),
    "reissue": reissue_result,
    "transfer": lambda act, _, __, dossier_context: transfer(act, dossier_context),
    "take_paper": lambda act, _, __, dossier_context: take_paper(act, dossier_context),
    "take_over": lambda act, _, __, dossier_context: take_over(act, dossier_context),
    "assign": lambda act, told, _, dossier_context: assign_dossier(act, told, dossier_context),
    "ask_opinion": lambda act, told, _, dossier_context: ask_opinion(act, told, OPINION_LIMIT, dossier_context),
    "give_opinion": lambda act, told, _, dossier_context: give_opinion(act, told, dossier_context),
    "finish_leg": lambda act, told, _, dossier_context: finish_leg(act, told, dossier_context),
    "request_supplement": _supplement,
    "request_payment": lambda act, told, _, dossier_context: request_payment(act, told, dossier_context),
    "pause": lambda act, _, why, dossier_context: pause_dossier(act, why, dossier_context),
    "resume": lambda act, _, __, dossier_context: resume_dossier(act, dossier_context),
    "refuse_after_appraisal": lambda act, _, why, dossier_context: refuse_after_appraisal(act, why, dossier_context),
    "apologise": apologise,
    "resolve": lambda act, _, __, dossier_context: resolve(act, dossier_context),
    "reverse_resolution": lambda act, _, why, dossier_context: reverse_resolution(act, why, dossier_context),
}
"""Every act of staff, through its use case."""

OWN_ACTS: dict[str, Callable[[ApplicantCommand, Any, str, DossierContext], CommandResult]] = {
    "withdraw": lambda act, _, why, dossier_context: withdraw_own(act, why, dossier_context),
    "choose_return_channel": lambda act, told, _, dossier_context: choose_own_return_channel(
        act, Choice(told), dossier_context
    ),
}
"""Every act of the applicant through the portal."""

ANOTHER_RESULT = tuple(
    ReissueTerms(kind, at_fault, paid_by, again_by_post=again)
    for kind, at_fault, paid_by in (
        *((ReissueKind.CORRECTION, AtFault.AGENCY, payer) for payer in (AtFault.AGENCY, AtFault.APPLICANT)),
        (ReissueKind.CORRECTION, AtFault.APPLICANT, AtFault.AGENCY),
        (ReissueKind.LOSS, AtFault.APPLICANT, AtFault.APPLICANT),
        (ReissueKind.LOSS, AtFault.POST, AtFault.POST),
        (ReissueKind.LOSS_BY_POST, AtFault.POST, AtFault.POST),
    )
    for again in (True, False)
)
"""Fault and cost in combinations that the rules allow, and in others."""


@dataclass
class Life:
    """One dossier in a store of its own. `reasons` are those given for its versions, `given_up` its lost parcels."""

    store: MemoryDossiers = field(default_factory=MemoryDossiers)
    now: datetime = MORNING
    id: str = ""
    reasons: dict[int, str] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)

    @property
    def dossier_context(self) -> DossierContext:
        return replace(dossier_context(self.store), registry=REGISTRY)

    @property
    def dossier(self) -> Dossier:
        return self.store.states[self.id]

    @property
    def procedure(self) -> Procedure:
        return PROCEDURES[self.dossier.procedure_code]

    def fork(self, kind: type[MemoryDossiers] = MemoryDossiers) -> "Life":
        """Return the same dossier in another store, to try another course."""
        stored = {each.name: getattr(self.store, each.name) for each in fields(MemoryDossiers)}
        copied: dict[str, Any] = {
            name: value if isinstance(value, int) else value.copy() for name, value in stored.items()
        }
        return replace(self, store=kind(**copied), reasons=self.reasons.copy(), given_up=self.given_up.copy())

    def begin(self, start: str, procedure: str, out: ChannelOut, asks: str = "") -> None:
        """Begin the dossier `online`, at the `counter`, by `post`, as `transitional`, or `refused` at the counter."""
        why, works = self.why(1), (ONE_STOP, procedure)
        how = (stamp(self.now, CLERK.subject), key(), self.dossier_context)
        match start:
            case "online":
                done = submit_dossier(SubmitDossier(*works, out, PERSONS, OWNER.number), *how)
            case "transitional":
                entry = RegisterTransitional(*works, out, PERSONS, LEAD, "12/2020-MAU", date(2020, 4, 14), why)
                done = register_transitional(entry, CLERK, *how)
                self.reasons[1] = why
            case "refused":
                done = refuse_at_counter(RefuseAtCounter(*works, ChannelIn.COUNTER, PERSONS, why), CLERK, *how)
                self.reasons[2] = why
            case _:
                by_intake = {"supplement": AtIntake(why), "payment": AtIntake(payment_vnd=50_000)}
                receipt = ReceiveDossier(*works, ChannelIn(start), out, PERSONS, asks=by_intake.get(asks, NOTHING))
                done = receive_dossier(receipt, CLERK, *how)
                if asks == "supplement":
                    self.reasons[2] = why
        self.id = done.dossier.id

    def why(self, version: int) -> str:
        return f"Theo lời bà Bí Mật, lần {version}"

    def prepared(self, attempt: Attempt, version: int | None = None) -> Callable[[], CommandResult]:
        """Return the attempt's command on the version that its actor has seen. It may be sent repeatedly."""
        seen = self.dossier.version if version is None else version
        why, idempotency = self.why(seen + 1), key()
        if isinstance(attempt.by, str):
            own = ApplicantCommand(self.id, seen, attempt.by, stamp(self.now, "portal"), idempotency)
            return partial(OWN_ACTS[attempt.act], own, attempt.told, why, self.dossier_context)
        act = StaffCommand(self.id, seen, attempt.by, stamp(self.now, attempt.by.subject), idempotency)
        return partial(ACTS[attempt.act], act, attempt.told, why, self.dossier_context)

    def noted(self, attempt: Attempt, before: Dossier) -> None:
        """Remember the reason and the given-up parcel of a successful attempt."""
        why, version = self.why(before.version + 1), before.version + 1
        if MOVES[attempt.act].reason:
            self.reasons[version] = why
        if attempt.act == "request_supplement" and attempt.told:
            self.reasons[version] = MissingPapers(why, FOR_THE_OTHER_HAND).told
        if (attempt.act, attempt.told) == ("accept", "supplement"):
            self.reasons[version + 1] = why
        if attempt.act == "reissue" and before.parcel_open:
            self.given_up.add(f"{self.id}-{before.parcels}")

    def candidates(self, act: str) -> Iterator[Attempt]:
        """Yield attempts of everybody to do the act in any way, whether they may or not."""
        ways = self.ways(act)
        for by in EVERYBODY:
            if isinstance(by, Principal) or act in OWN_ACTS:
                yield from (Attempt(act, by, told) for told in ways)

    def ways(self, act: str) -> list[Any]:
        """Return possible arguments of the act, sensible ones and others."""
        match act:
            case "accept":
                return ["", "supplement", "payment"]
            case "choose_return_channel" | "return" | "return_answer":
                return list(ChannelOut)
            case "ask_opinion" | "give_opinion" | "finish_leg":
                return list(AGENCIES)
            case "correct_receipt":
                return [SPELT_ANEW, MOVED_AWAY]
            case "assign":
                return ["officer-2", "officer-skhdt"]
            case "request_supplement":
                return [False, True]
            case "request_payment":
                return [50_000]
            case "reissue":
                return list(ANOTHER_RESULT)
            case "apologise":
                due = self.dossier.due_at or self.now
                return [due, *(due + timedelta(days=days) for days in (1, 2, 3)), due + timedelta(days=1, hours=12)]
        return [None]

    def owed(self, queue: Queue) -> list[tuple[str, Event]]:
        return [(owed_id, event) for owed_id, (of, event) in self.store.owed.items() if of is queue and event]

    def routed(self, settles: str, event: Event) -> bool:
        return route_dossier(event, settles, self.now, self.store)

    def dispatched(self, settles: str, event: Event, answer: str, tried: bool) -> object:
        return dispatch_parcel(DispatchMessage(event, settles, tried), self.now, self.store, REGISTRY, Partner(answer))

    def reported(self, order: str, state: str, occurred_at: datetime, place: str) -> Event:
        """Keep a carrier's callback and pass it to the use case."""
        report = CarrierReport("simulator", order, state, occurred_at, place, "")
        settles = "callback#parcel_events"
        self.store.owed[settles] = Queue.PARCEL_EVENTS, None
        found = self.dossier, self.store.parcels[order]
        kept = KeptCallback("simulator", "msg_1", order, "correlation-1", settles)
        return apply_report(report, found, kept, self.now, self.store, REGISTRY)

    def swept(self, as_of: datetime) -> Swept:
        return sweep_deadlines(
            as_of, self.now, registry=REGISTRY, dossiers=self.store, watched=MemoryWatched(self.store)
        )


def persons_of(life: Life) -> Persons:
    return life.store.persons[life.id]
