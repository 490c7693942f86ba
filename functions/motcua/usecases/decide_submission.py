"""A clerk decides on an online submission: accept it (it is then received and numbered) or refuse it with a reason."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.acts import accepted, not_accepted
from motcua.domain.dossier import ChannelIn, Dossier
from motcua.domain.number import GivenNumber
from motcua.domain.person import Persons
from motcua.domain.principal import Role
from motcua.domain.status import check_move
from motcua.ports import Change, Office
from motcua.usecases.acting import Act, Done, act_with_persons, changed, check_version, once
from motcua.usecases.intake import find_service, receive_now
from motcua.usecases.rights import check_may_see


def accept_submission(act: Act, office: Office) -> Done:
    """1→2: the submission gets its number, its due date, and its way to the agency."""

    def write() -> Dossier:
        dossier = check_may_see(act.by, office.dossiers.load(act.dossier_id))
        act.by.require(Role.CLERK, dossier.one_stop_id)
        check_version(dossier, act.expected_version)
        check_move("accept", dossier.status)
        service = find_service(
            office.registry, dossier.one_stop_id, dossier.procedure_code, ChannelIn.ONLINE, act.stamp
        )

        def received(given: GivenNumber, due: datetime | None) -> Change:
            return changed(dossier, accepted(dossier, given, due, act.stamp), act.idempotency)

        return receive_now(office, service, act.stamp, received)

    return once(office.dossiers, act.idempotency, write)


def refuse_submission(act: Act, reason: str, office: Office) -> Done:
    """1→3, with the mandatory reason (form 03), which the applicant reads and no event repeats."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        act.by.require(Role.CLERK, dossier.one_stop_id)
        change = changed(dossier, not_accepted(dossier, act.stamp), act.idempotency)
        return replace(change, persons=replace(persons, refusal_reason=reason))

    return act_with_persons(office.dossiers, act, decide)
