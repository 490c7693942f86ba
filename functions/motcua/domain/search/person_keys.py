"""The keys by which a person's dossier is found: number, last digits of the phone, name; and other values to search by.

Only whole values match, never a part of a number: whoever searches must know it.
"""

from enum import StrEnum

from motcua.domain.dossier.dossier import Dossier, is_dossier_id
from motcua.domain.dossier.number import check_number
from motcua.domain.dossier.persons import Person, Persons
from motcua.domain.errors import InvalidError
from motcua.domain.identity_numbers import is_identity_number, is_tax_code
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.domain.search.folding import folded

PHONE_END = 4
"""How many last digits of a phone are indexed."""

SHORT_NAME = 2
"""How many last words of a name also find it: people are called Văn Mẫu, not Nguyễn Văn Mẫu [ours]."""

LONGEST_NAME = 200
"""The most characters of a name that is searched for."""


class SearchBy(StrEnum):
    """The kind of value that a search looks for."""

    DOSSIER_NUMBER = "dossier_number"
    PARCEL = "parcel"
    IDENTITY_NUMBER = "identity_number"
    TAX_CODE = "tax_code"
    PHONE_END = "phone_end"
    NAME = "name"


class KeyKind(StrEnum):
    """The values of a person that are indexed."""

    NUMBER = "number"
    PHONE_END = "phone_end"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One indexed value. It is personal data: it is stored and passed on only under a secret."""

    kind: KeyKind
    value: str

    def __repr__(self) -> str:
        """Return nothing personal."""
        return f"PersonKey(kind={self.kind.value!r})"


@dataclass(frozen=True, slots=True)
class Search:
    """One search. `value` may be personal data: it stands in no log and in no record of the search."""

    by: SearchBy
    value: str

    def __repr__(self) -> str:
        """Return nothing personal."""
        return f"Search(by={self.by.value!r})"


def normalised(search: Search) -> Search:
    """Return the search with its value normalised for the look-up.

    Raises InvalidError, at `/value`, for a malformed one.
    """
    value = search.value
    match search.by:
        case SearchBy.DOSSIER_NUMBER:
            return Search(search.by, check_number(value.upper(), "/value"))
        case SearchBy.PARCEL:
            dossier_id, _, ordinal = value.upper().rpartition("-")
            if not is_dossier_id(dossier_id) or not _is_digits(ordinal) or not 1 <= len(ordinal) <= 3:
                raise InvalidError("malformed_parcel", "/value")
            return Search(search.by, f"{dossier_id}-{int(ordinal)}")
        case SearchBy.IDENTITY_NUMBER if not is_identity_number(value):
            raise InvalidError("malformed_identity_number", "/value")
        case SearchBy.TAX_CODE if not is_tax_code(value):
            raise InvalidError("malformed_tax_code", "/value")
        case SearchBy.PHONE_END if not _is_digits(value) or len(value) != PHONE_END:
            raise InvalidError("malformed_phone_end", "/value", digits=PHONE_END)
        case SearchBy.NAME if len(folded(value)) < SHORT_NAME or len(value) > LONGEST_NAME:
            raise InvalidError("name_too_short", "/value", words=SHORT_NAME, most=LONGEST_NAME)
    return search


def key_of(search: Search) -> PersonKey | None:
    """Return the key that a normalised search looks up; None for a search by the number of a dossier or parcel."""
    match search.by:
        case SearchBy.IDENTITY_NUMBER | SearchBy.TAX_CODE:
            return PersonKey(KeyKind.NUMBER, search.value)
        case SearchBy.PHONE_END:
            return PersonKey(KeyKind.PHONE_END, search.value)
        case SearchBy.NAME:
            return PersonKey(KeyKind.NAME, " ".join(folded(search.value)))
    return None


def keys_of(persons: Persons) -> frozenset[PersonKey]:
    """Return every key by which a dossier of these persons is found."""
    known = (persons.owner, persons.submitter, persons.recipient)
    return frozenset(key for person in known if person for key in _keys(person))


def _keys(person: Person) -> list[PersonKey]:
    found = [PersonKey(KeyKind.NUMBER, person.number)] if person.number else []
    if len(person.phone) >= PHONE_END:
        found.append(PersonKey(KeyKind.PHONE_END, person.phone[-PHONE_END:]))
    if name := folded(person.name):
        found += [PersonKey(KeyKind.NAME, " ".join(name)), PersonKey(KeyKind.NAME, " ".join(name[-SHORT_NAME:]))]
    return found


def scopes(unit_id: str, units: dict[str, Unit]) -> list[str]:
    """Return the ids under which a unit's persons are indexed: its own, and those of ended units whose work it does now.

    A dossier received before a reorganisation is indexed at the unit that had it then. Predecessors come generation by
    generation, each unit once, even where units name each other.
    """
    found, generation = [unit_id], [unit_id]
    while generation:
        before = (unit.id for after in generation for unit in units.values() if after in unit.successor_ids)
        generation = [each for each in dict.fromkeys(before) if each not in found]
        found += generation
    return found


def belongs_to_unit(dossier: Dossier, unit_id: str) -> bool:
    """Whether the dossier belongs to this unit: received by it, or with a part for it to do."""
    return unit_id in (dossier.one_stop_id, dossier.agency_id, *dossier.agencies_with_a_part)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
