"""One dossier's items in the Dossier table: its inbox entries, none left behind, and old items still readable."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.adapters.dossier.dossiers import DynamoDossiers
from motcua.adapters.dossier.items import dossier_item, persons_item, persons_of
from motcua.adapters.secrets.search_keys import SearchKeys
from motcua.domain.dossier.acts.results import return_channel_chosen
from motcua.domain.dossier.acts.system import reassigned
from motcua.domain.dossier.acts.waiting import payment_requested
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.parts import LinkedLeg, Opinion
from motcua.domain.dossier.size_limits import MOST_PARTS
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.dossier_command import changed
from motcua.usecases.registry.find_service import procedure_of
from motcua.usecases.results.open_parcel import opened_parcel
from tests.kit.fakes import MORNING, PERSONS, MemoryDossiers, dossier_context, key, stamp
from tests.kit.life import dossiers as lives
from tests.kit.moto_cloud import Cloud


class _Secret:
    def get_secret_value(self, **_: object) -> dict[str, str]:
        return {"SecretString": f'{{"key": "{"k" * 64}"}}'}


@pytest.fixture
def table(cloud: Cloud) -> DynamoDossiers:
    return DynamoDossiers(cloud.dynamodb, "Dossier", "Person", search_keys=lambda: SearchKeys(_Secret(), "arn"))


def kept(cloud: Cloud, **more: Any) -> Dossier:
    """Return a dossier at its agency, as stored. `more` sets its fields."""
    dossier = replace(lives.in_process(dossier_context(MemoryDossiers())), **more)
    place = {"PK": {"S": f"DOSSIER#{dossier.id}"}, "SK": {"S": "STATE"}}
    cloud.dynamodb.put_item(TableName="Dossier", Item=place | dossier_item(dossier))
    return dossier


def test_the_largest_change_of_the_fullest_dossier_is_one_transaction(cloud: Cloud, table: DynamoDossiers) -> None:
    opinions = tuple(Opinion(f"agency-{each}", MORNING, MORNING) for each in range(MOST_PARTS))
    dossier = kept(cloud, status=Status.RESULT_READY, opinions=opinions, ready_at=MORNING)
    registry = dossier_context(MemoryDossiers()).registry
    event = return_channel_chosen(dossier, procedure_of(registry, dossier), ChannelOut.POST, stamp())
    change = opened_parcel(dossier, changed(dossier, event, key()), registry)
    one = replace(PERSONS.owner, phone="0912345678", address="Số 1, phố Mẫu")
    persons = replace(
        PERSONS,
        owner=one,
        submitter=replace(one, name="Trần Thị Mẫu", number="030099000002", phone="0912345679"),
        recipient=replace(one, name="Lê Văn Ví Dụ", number="030099000003", phone="0912345670"),
    )
    table.commit(replace(change, persons=persons))
    assert table.load(dossier.id) == change.dossier


def test_a_dossier_that_is_handed_on_while_suspended_is_no_longer_in_the_inbox_that_it_left(
    cloud: Cloud, table: DynamoDossiers
) -> None:
    """The issuing agency ends while the applicant must pay.

    Its part is running, so the dossier was in its inbox too.
    """
    legs = (LinkedLeg(1, "skhdt", MORNING + timedelta(days=7), started_at=MORNING),)
    dossier = kept(cloud, legs=legs)
    waits = changed(dossier, payment_requested(dossier, 1000, stamp()))
    table.commit(waits)
    assert waits.dossier
    assert table.inbox("skhdt", Status.PAYMENT_DUE, "", 10).dossiers == (waits.dossier,)
    on = changed(waits.dossier, reassigned(waits.dossier, "stc", "mc-tinh", "QĐ mẫu", stamp()))
    table.commit(on)
    assert table.inbox("stc", Status.PAYMENT_DUE, "", 10).dossiers == (on.dossier,)
    assert table.inbox("skhdt", Status.PAYMENT_DUE, "", 10).dossiers == ()
    with pytest.raises(VersionMovedError):
        table.commit(Change(events=on.events, dossier=on.dossier))


def test_a_reason_that_was_kept_before_each_act_had_its_own_is_read_still() -> None:
    """A former release wrote persons with a single reason, that of the refusal."""
    stored = persons_item(PERSONS) | {"refusal_reason": {"S": "Thiếu bản chính"}}
    assert persons_of(stored).last_reason == "Thiếu bản chính"
    assert persons_of(persons_item(persons_of(stored).with_reason(3, "Rút"))).reasons == {
        0: "Thiếu bản chính",
        3: "Rút",
    }
