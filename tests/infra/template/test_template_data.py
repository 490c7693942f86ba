"""Facts of the tables and of what else must outlive the stack."""

import pytest

from motcua.adapters.dynamodb import cursor
from motcua.adapters.secrets import link_signing
from motcua.adapters.secrets.search_keys import SHORTEST_SECRET
from tests.kit.template import properties, resources, written

TABLES = sorted(resources("AWS::DynamoDB::Table"))
POLICIES = ("DeletionPolicy", "UpdateReplacePolicy")


def test_there_are_four_tables_each_with_one_purpose() -> None:
    assert TABLES == ["DossierTable", "FigureTable", "PersonTable", "RegistryTable"]


def test_a_table_outlives_its_stack() -> None:
    kept = {table: [written()["Resources"][table][policy] for policy in POLICIES] for table in TABLES}
    assert kept == {name: ["Retain", "Retain"] for name in TABLES}


def test_a_table_in_production_cannot_be_deleted_by_a_slip() -> None:
    protected = {table: properties(table)["DeletionProtectionEnabled"] for table in TABLES}
    assert protected == {name: {"Fn::If": ["IsProd", True, False]} for name in TABLES}


def test_a_table_can_be_restored_to_a_point_in_time() -> None:
    kept = {table: properties(table)["PointInTimeRecoverySpecification"] for table in TABLES}
    assert kept == {name: {"PointInTimeRecoveryEnabled": True} for name in TABLES}


def test_a_table_is_encrypted() -> None:
    assert [table for table in TABLES if properties(table)["SSESpecification"]["SSEEnabled"] is not True] == []


def test_a_table_is_paid_by_use() -> None:
    assert {table: properties(table)["BillingMode"] for table in TABLES} == dict.fromkeys(TABLES, "PAY_PER_REQUEST")


def test_personal_data_has_a_key_of_its_own_that_rotates() -> None:
    assert properties("PersonTable")["SSESpecification"]["KMSMasterKeyId"] == {"Fn::GetAtt": ["PersonKey", "Arn"]}
    assert properties("PersonKey")["EnableKeyRotation"] is True


def test_the_key_of_personal_data_outlives_the_stack_as_its_table_does() -> None:
    assert written()["Resources"]["PersonKey"]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("table", ["DossierTable", "RegistryTable"])
def test_records_of_what_was_done_under_a_key_expire(table: str) -> None:
    assert properties(table)["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize("table", ["PersonTable", "FigureTable"])
def test_nothing_else_expires(table: str) -> None:
    assert "TimeToLiveSpecification" not in properties(table)


def test_the_stream_carries_what_was_written() -> None:
    assert properties("DossierTable")["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_every_key_is_the_pair_pk_and_sk() -> None:
    for table in TABLES:
        assert [key["AttributeName"] for key in properties(table)["KeySchema"]] == ["PK", "SK"], table


@pytest.mark.parametrize("logical_id", ["UserPool", "PartnerSecret", "SearchSecret", "LinkSecret"])
def test_accounts_and_secrets_outlive_the_stack(logical_id: str) -> None:
    assert written()["Resources"][logical_id]["DeletionPolicy"] == "Retain"


def test_the_partner_secret_is_born_without_a_webhook_secret_so_that_no_callback_verifies() -> None:
    generated = properties("PartnerSecret")["GenerateSecretString"]
    assert generated["SecretStringTemplate"] == '{"webhook_secrets": []}'
    assert generated["GenerateStringKey"] == "api_key"


def test_the_key_of_the_search_is_long_and_made_by_aws() -> None:
    """Phone ends and names are few: under a key that can be guessed, all of them can."""
    generated = properties("SearchSecret")["GenerateSecretString"]
    assert (generated["GenerateStringKey"], generated["PasswordLength"]) == ("key", 64)
    assert generated["PasswordLength"] >= SHORTEST_SECRET


def test_the_key_of_the_cursors_is_long_and_made_by_aws() -> None:
    generated = properties("CursorSecret")["GenerateSecretString"]
    assert (generated["GenerateStringKey"], generated["PasswordLength"]) == ("key", 64)
    assert generated["PasswordLength"] >= cursor.SHORTEST_SECRET


def test_the_first_key_of_the_links_is_long_and_made_by_aws() -> None:
    generated = properties("LinkSecret")["GenerateSecretString"]
    assert (generated["SecretStringTemplate"], generated["GenerateStringKey"]) == ("{}", "1")
    assert generated["PasswordLength"] >= link_signing.SHORTEST_SECRET


def test_nobody_signs_up_alone() -> None:
    assert properties("UserPool")["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_no_attribute_that_a_person_can_write_carries_a_right() -> None:
    assert "Schema" not in properties("UserPool")
    assert properties("StaffClient")["WriteAttributes"] == ["name"]


def test_the_portal_signs_in_as_itself_with_its_three_scopes_and_never_as_a_person() -> None:
    client = properties("PortalClient")
    assert client["GenerateSecret"] is True
    assert client["AllowedOAuthFlows"] == ["client_credentials"]
    assert client["AllowedOAuthScopes"] == ["portal/submit", "portal/read", "portal/choose"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
