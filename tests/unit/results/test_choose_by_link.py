"""A signed link allows one choice for one dossier until it expires.

It cannot be forged, and repeated use is harmless.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.adapters.secrets.link_signing import REMEMBERED_SECONDS, SOONEST_SECONDS, LinkSigner
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError
from motcua.domain.event import EventType
from motcua.domain.post.channel_link import Link
from motcua.domain.search.person_keys import KeyKind, keys_of
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.withdraw_dossier import withdraw
from motcua.usecases.processing.process_dossier import resolve
from motcua.usecases.results.choose_by_link import (
    HOLDER,
    ByPost,
    LinkCommand,
    MadeLink,
    choose_by_link,
    make_link,
    make_own_link,
    preview_choice,
)
from motcua.usecases.results.return_result import return_result
from tests.kit.examples import examples
from tests.kit.fakes import (
    CLERK,
    CONTROLLER,
    MORNING,
    OFFICER,
    OWNER,
    REAL_NOW,
    MemoryDossiers,
    dossier_context,
    key,
    stamp,
)
from tests.kit.life.dossiers import in_process, ready_for_post, received

OLD, NEW = "the old key of links, long enough to be one", "the new key of links, long enough to be one"
ID = "5QF2K8ZJ7M4T9XWA"
LINK = Link(ID, datetime(2026, 2, 4, 3, 0, tzinfo=UTC))
SISTER = ByPost("Trần Thị Mẫu", "0987654321", "Số 9, phố Mẫu Khác")


class Vault:
    """Secrets Manager with one secret. `reads` counts its reads; `now` is the time in seconds."""

    def __init__(self, **keys: str) -> None:
        self.keys, self.reads, self.now = keys, 0, 1000.0

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        self.reads += 1
        return {"SecretString": json.dumps(self.keys)}

    def signer(self) -> LinkSigner:
        return LinkSigner(self, "arn", lambda: self.now)


def vault(*keys: str) -> Vault:
    """Return a vault with keys of the versions 1, 2, …"""
    return Vault(**{str(version): each for version, each in enumerate(keys, 1)})


# the signature


def test_a_token_is_the_link_again() -> None:
    signer = vault(OLD).signer()
    assert signer.opened(signer.sign(LINK)) == LINK


def test_a_token_says_which_dossier_which_key_and_until_when_and_nothing_else() -> None:
    payload, _, signature = vault(OLD).signer().sign(LINK).partition(".")
    told = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    assert told == f"1.{ID}.{int(LINK.expires_at.timestamp())}"
    assert len(base64.urlsafe_b64decode(signature + "=")) == 32


@given(place=st.integers(0, 200), letter=st.sampled_from("AZaz09-_.=ộ\n "))
@examples(300)
def test_no_letter_of_a_token_may_be_another(place: int, letter: str) -> None:
    signer = vault(OLD).signer()
    token = signer.sign(LINK)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert (signer.opened(changed) is None) is (changed != token)


@given(token=st.text(max_size=300))
@examples(300)
def test_whatever_is_made_up_opens_nothing(token: str) -> None:
    assert vault(OLD).signer().opened(token) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token + "=",
        lambda token: token + ".",
        lambda token: token.partition(".")[0],
        lambda token: "." + token.partition(".")[2],
        lambda token: " " + token,
        lambda token: token * 10,
    ],
)
def test_a_token_that_was_cut_or_mended_opens_nothing(change: Callable[[str], str]) -> None:
    signer = vault(OLD).signer()
    assert signer.opened(change(signer.sign(LINK))) is None


def test_another_key_of_the_same_version_signs_nothing_that_we_know() -> None:
    assert vault(OLD).signer().opened(vault(NEW).signer().sign(LINK)) is None


def test_two_keys_live_side_by_side_and_the_newer_one_signs() -> None:
    before = vault(OLD).signer().sign(LINK)
    both = vault(OLD, NEW)
    after = both.signer().sign(LINK)
    assert before != after
    assert both.signer().opened(before) == both.signer().opened(after) == LINK
    assert Vault(**{"2": NEW}).signer().opened(before) is None, "taken out, its links die"


def test_a_key_that_was_just_added_is_known_at_once_by_who_had_read_the_old_ones() -> None:
    kept = vault(OLD)
    signer = kept.signer()
    signer.sign(LINK)
    kept.keys["2"] = NEW
    token = kept.signer().sign(LINK)
    kept.now += SOONEST_SECONDS
    assert signer.opened(token) == LINK


def test_made_up_versions_do_not_make_us_ask_for_the_keys_over_and_over() -> None:
    kept = vault(OLD)
    signer = kept.signer()
    token = vault(OLD, NEW, OLD).signer().sign(LINK)
    for _ in range(50):
        assert signer.opened(token) is None
    assert kept.reads == 1
    kept.now += REMEMBERED_SECONDS
    signer.opened(token)
    assert kept.reads == 2


def test_a_key_that_can_be_guessed_signs_nothing_and_is_not_believed() -> None:
    with pytest.raises(ValueError, match="long enough"):
        vault("short").signer().sign(LINK)
    assert vault("short").signer().opened(vault(OLD).signer().sign(LINK)) is None


def test_a_link_that_ends_up_in_a_log_line_does_not_say_its_token() -> None:
    assert "secret" not in repr(MadeLink("secret", LINK))
    assert "secret" not in repr(LinkCommand("secret", stamp(), key()))
    assert SISTER.name not in repr(SISTER)


# making a link


@pytest.fixture
def desk(store: MemoryDossiers) -> DossierContext:
    return replace(dossier_context(store), new_id=iter(("5QF2K8ZJ7M4T9XWA", "8R3YC6HN0VB1EGKD")).__next__)


LINKS = vault(OLD).signer()


def made(dossier: Dossier, desk: DossierContext) -> str:
    return make_link(dossier.id, CLERK, stamp(), desk, LINKS).token


def choose(token: str, channel: ChannelOut, desk: DossierContext, to: ByPost | None = None, **more: Any) -> Any:
    at = more.get("at", REAL_NOW)
    command = LinkCommand(token, replace(stamp(actor=HOLDER), recorded_at=at), more.get("once") or key())
    return choose_by_link(command, channel, to, desk, LINKS)


def test_a_link_is_good_for_the_days_of_the_rule_in_real_time(desk: DossierContext) -> None:
    link = make_link(received(desk).id, CLERK, stamp(), desk, LINKS)
    assert link.link == Link(ID, REAL_NOW + timedelta(days=30))
    assert LINKS.opened(link.token) == link.link


def test_a_choice_that_is_dated_before_the_dossiers_last_act_is_refused(
    desk: DossierContext, store: MemoryDossiers
) -> None:
    dossier = received(desk)
    token, early = made(dossier, desk), stamp(MORNING - timedelta(seconds=1), HOLDER)
    with pytest.raises(InvalidError, match="time_before_last_act"):
        choose_by_link(LinkCommand(token, early, key()), ChannelOut.POST, None, desk, LINKS)
    assert store.states[dossier.id] == dossier


def test_making_a_link_writes_nothing(desk: DossierContext, store: MemoryDossiers) -> None:
    dossier, written = received(desk), store.commits
    made(dossier, desk)
    assert store.commits == written


@pytest.mark.parametrize("by", [OFFICER, CONTROLLER])
def test_only_a_clerk_of_the_one_stop_unit_makes_a_link(desk: DossierContext, by: Any) -> None:
    dossier = in_process(desk)
    with pytest.raises(ForbiddenError, match="role_needed"):
        make_link(dossier.id, by, stamp(), desk, LINKS)


def test_the_portal_makes_a_link_for_the_own_dossier_only(desk: DossierContext) -> None:
    dossier = received(desk)
    assert make_own_link(dossier.id, OWNER.number, stamp(), desk, LINKS).link.dossier_id == dossier.id
    with pytest.raises(NotFoundError, match="dossier_not_found"):
        make_own_link(dossier.id, "030099000777", stamp(), desk, LINKS)


def test_no_link_is_made_once_there_is_nothing_to_choose(desk: DossierContext) -> None:
    order = ready_for_post(desk)
    with pytest.raises(RefusedError, match="parcel_under_way"):
        make_link(order.partition("-")[0], CLERK, stamp(), desk, LINKS)
    ended = withdraw(StaffCommand(received(desk).id, 1, CLERK, stamp(), key()), "Không còn nhu cầu", desk).dossier
    with pytest.raises(RefusedError) as refused:
        made(ended, desk)
    assert (refused.value.code, refused.value.faults[0].params["status"]) == ("move_not_allowed", "7")


# choosing


@pytest.mark.parametrize("token", ["", "x", "bWFkZSB1cA.bWFkZSB1cA", "ộ", vault(NEW).signer().sign(LINK)])
def test_made_up_and_malformed_tokens_get_one_answer_and_write_nothing(
    desk: DossierContext, store: MemoryDossiers, token: str
) -> None:
    received(desk)
    written = store.commits
    for attempt in (
        lambda: choose(token, ChannelOut.POST, desk),
        lambda: preview_choice(token, stamp(), desk, LINKS),
    ):
        with pytest.raises(ForbiddenError) as refused:
            attempt()
        assert (refused.value.code, refused.value.faults[0].pointer) == ("link_not_genuine", "/token")
    assert store.commits == written


def test_an_expired_link_says_so_and_writes_nothing(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    written, last = store.commits, REAL_NOW + timedelta(days=30)
    with pytest.raises(ForbiddenError) as refused:
        choose(token, ChannelOut.POST, desk, at=last)
    assert (refused.value.code, refused.value.faults[0].params["at"]) == ("link_expired", "10:00 04/02/2026")
    assert store.commits == written
    assert choose(token, ChannelOut.POST, desk, at=last - timedelta(seconds=1)).dossier.channel_out is ChannelOut.POST


def test_domain_time_makes_no_link_live_longer(desk: DossierContext) -> None:
    """A signature goes by real time only, not by the time that a request of the embedded run names."""
    token = made(received(desk), desk)
    with pytest.raises(ForbiddenError, match="link_expired"):
        preview_choice(token, replace(stamp(), recorded_at=REAL_NOW + timedelta(days=31)), desk, LINKS)


def test_the_choice_is_the_applicants_and_no_officers(desk: DossierContext, store: MemoryDossiers) -> None:
    dossier = received(desk)
    done = choose(made(dossier, desk), ChannelOut.POST, desk)
    assert (done.dossier.version, done.dossier.channel_out) == (2, ChannelOut.POST)
    assert (store.log[-1].type, store.log[-1].stamp.actor) == (EventType.RETURN_CHANNEL_CHOSEN, HOLDER)


def test_at_result_ready_the_choice_of_post_opens_the_parcel_and_the_link_dies(
    desk: DossierContext, store: MemoryDossiers
) -> None:
    dossier = in_process(desk)
    token = made(dossier, desk)
    resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(), key()), desk)
    done = choose(token, ChannelOut.POST, desk).dossier
    assert (done.status, done.parcel_open, f"{ID}-1" in store.parcels) == (Status.RESULT_READY, True, True)
    with pytest.raises(RefusedError, match="parcel_under_way"):
        choose(token, ChannelOut.COUNTER, desk)


def test_once_the_result_was_returned_the_refusal_names_the_state(desk: DossierContext) -> None:
    dossier = in_process(desk)
    token = made(dossier, desk)
    resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(), key()), desk)
    return_result(StaffCommand(dossier.id, 4, CLERK, stamp(), key()), ChannelOut.COUNTER, desk)
    with pytest.raises(RefusedError) as refused:
        choose(token, ChannelOut.POST, desk)
    assert (refused.value.code, refused.value.faults[0].params["status_vi"]) == ("move_not_allowed", "Đã trả kết quả")


def test_a_link_that_is_used_over_and_over_makes_one_event(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    for _ in range(5):
        assert choose(token, ChannelOut.POST, desk, SISTER).dossier.version == 2
    assert len(store.log) == 2


def test_the_same_key_is_answered_the_same_when_the_dossier_has_moved_on(
    desk: DossierContext, store: MemoryDossiers
) -> None:
    dossier = in_process(desk)
    token, once = made(dossier, desk), key("once")
    first = choose(token, ChannelOut.POST, desk, once=once)
    resolve(StaffCommand(dossier.id, 4, OFFICER, stamp(), key()), desk)
    again = choose(token, ChannelOut.POST, desk, once=once)
    assert (again.dossier, again.replayed) == (first.dossier, True)
    with pytest.raises(InvalidError, match="idempotency_key_reused"):
        choose(token, ChannelOut.COUNTER, desk, once=key("once", "another body"))


def test_who_loses_a_race_chooses_once_more_on_what_is_there_now(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    store.interruptions = [VersionMovedError()]
    assert choose(token, ChannelOut.POST, desk).dossier.version == 2


def test_who_loses_twice_is_told_the_present_state(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    store.interruptions = [VersionMovedError(), VersionMovedError()]
    with pytest.raises(ConflictError) as refused:
        choose(token, ChannelOut.POST, desk)
    assert (refused.value.code, refused.value.faults[0].params["version"]) == ("changed_meanwhile", "1")
    assert len(store.log) == 1


# to whom


def persons(store: MemoryDossiers) -> Persons:
    return store.persons[ID]


def test_the_post_is_told_a_name_a_phone_and_an_address_and_needs_no_number(
    desk: DossierContext, store: MemoryDossiers
) -> None:
    choose(made(received(desk), desk), ChannelOut.POST, desk, SISTER)
    to = persons(store).result_goes_to
    assert (to.name, to.phone, to.address, to.number) == (SISTER.name, SISTER.phone, SISTER.address, "")
    assert persons(store).owner == OWNER
    assert all(each.value for each in keys_of(persons(store)) if each.kind is KeyKind.NUMBER)


def test_who_is_on_record_by_that_name_keeps_the_number(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    choose(token, ChannelOut.POST, desk, SISTER)
    choose(token, ChannelOut.POST, desk, ByPost("NGUYỄN VĂN MẪU", "0987654321", "Số 2, ngõ Sâu"))
    to = persons(store).result_goes_to
    assert (to.number, to.name, to.address) == (OWNER.number, OWNER.name, "Số 2, ngõ Sâu")


def test_who_is_to_get_it_by_post_needs_an_address(desk: DossierContext, store: MemoryDossiers) -> None:
    token = made(received(desk), desk)
    store.persons[ID] = Persons(replace(OWNER, address=""))
    assert preview_choice(token, stamp(), desk, LINKS).address_known is False
    with pytest.raises(RefusedError, match="address_needed_for_post"):
        choose(token, ChannelOut.POST, desk)
    assert choose(token, ChannelOut.POST, desk, SISTER).dossier.channel_out is ChannelOut.POST


# what is shown before


def test_the_preview_says_whether_the_post_is_possible_and_why_not(desk: DossierContext) -> None:
    dossier = in_process(desk)
    token = made(dossier, desk)
    seen = preview_choice(token, stamp(), desk, LINKS)
    assert (seen.dossier, seen.refusal, seen.address_known) == (dossier, None, True)
    resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(), key()), desk)
    choose(token, ChannelOut.POST, desk)
    refusal = preview_choice(token, stamp(), desk, LINKS).refusal
    assert refusal is not None
    assert refusal.code == "parcel_under_way"
