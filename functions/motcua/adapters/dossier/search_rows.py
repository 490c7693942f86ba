"""The index of persons in the Person table: written with them in one transaction, read by a unit's own staff."""

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.dynamodb.transaction import Transaction
from motcua.adapters.secrets.search_keys import SearchKeys, place_of
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.search.person_keys import keys_of


def add_rows(transaction: Transaction, table: str, known: SearchKeys, dossier: Dossier, persons: Persons) -> None:
    """Add a row for each key of each person at the one-stop unit and at the agency.

    That is 8 rows for one person with a phone, 24 for three different ones. An existing row is written over. The row of
    a person who is no longer in the dossier stays, and finds nothing.
    """
    row = item({"kind": "search"})
    for unit_id in sorted({dossier.one_stop_id, dossier.agency_id}):
        for partition in sorted({known.partition(unit_id, key) for key in keys_of(persons)}):
            transaction.put(table, keys.key(partition, place_of(dossier)), row)
