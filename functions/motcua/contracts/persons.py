"""Owner, submitter and recipient as they cross the wire."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.fields import Phone, Text, readable
from motcua.contracts.model import Inward
from motcua.domain import identity_numbers as formats
from motcua.domain.dossier.persons import Person, PersonKind, Persons


def _with_a_letter(text: str) -> str:
    if not formats.has_letter(text):
        raise PydanticCustomError("name_without_letter", "a name has a letter")
    return text


PersonName = Annotated[Text, AfterValidator(_with_a_letter)]


Authority = Annotated[
    str,
    Field(min_length=5, max_length=500, examples=["Giấy uỷ quyền số 01 ngày 20/04/2020, chứng thực tại UBND phường"]),
    AfterValidator(readable),
]
"""What shows that the submitter may act for the owner: a power of attorney, a letter of introduction."""


class PersonModel(Inward):
    """A citizen (identity number: CCCD 12 digits or CMND 9) or a business (tax code)."""

    kind: PersonKind = PersonKind.CITIZEN
    name: PersonName = Field(examples=["Nguyễn Văn Mẫu"])
    number: str = Field(min_length=9, max_length=14, examples=["030099000001"])
    phone: Phone | None = None
    address: Text | None = Field(default=None, examples=["Số 1, phố Mẫu, phường Trần Phú, thành phố Hải Dương"])
    email: str | None = Field(default=None, max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    commune_id: str | None = Field(default=None, pattern=r"^[a-z0-9-]{1,40}$", examples=["x10507"])

    @model_validator(mode="after")
    def _number_fits_kind(self) -> Self:
        fits = formats.is_identity_number if self.kind is PersonKind.CITIZEN else formats.is_tax_code
        if not fits(self.number):
            code = "malformed_identity_number" if self.kind is PersonKind.CITIZEN else "malformed_tax_code"
            raise PydanticCustomError(code, "not a valid number of this kind", {"field": "number"})
        return self

    def to_domain(self) -> Person:
        more = {name: getattr(self, name) or "" for name in ("phone", "address", "email", "commune_id")}
        return Person(self.kind, self.name, self.number, **more)

    @classmethod
    def from_domain(cls, person: Person) -> Self:
        return cls.model_construct(
            kind=person.kind,
            name=person.name,
            number=person.number,
            phone=person.phone or None,
            address=person.address or None,
            email=person.email or None,
            commune_id=person.commune_id or None,
        )


class RecipientView(PersonModel):
    """Who gets the result, as staff read it."""

    number: str = Field(max_length=14, description="Empty for who was named by a link: the post asks for no number")


class WithPersons(Inward):
    """The three persons of a dossier. Who gets the result by post needs a name, a phone and an address; who submits for
    somebody else needs a proof of authority."""

    owner: PersonModel
    submitter: PersonModel | None = None
    recipient: PersonModel | None = None
    authority: Authority | None = Field(default=None, description="Needed where somebody submits for the owner")

    @model_validator(mode="after")
    def _who_acts_for_another_proves_it(self) -> Self:
        if self.persons().lacks_authority:
            raise PydanticCustomError("authority_needed", "a proof of authority is needed", {"field": "authority"})
        return self

    def persons(self) -> Persons:
        named = {
            name: person.to_domain()
            for name in ("submitter", "recipient")
            if (person := getattr(self, name)) is not None
        }
        return Persons(self.owner.to_domain(), **named, authority=self.authority or "")

    def check_reachable_by_post(self) -> None:
        """Raise unless the post can find the recipient of the result; the error points at the missing field."""
        role = "recipient" if self.recipient else "owner"
        person = self.recipient or self.owner
        for missing in ("address", "phone"):
            if not getattr(person, missing):
                raise PydanticCustomError(
                    "needed_for_post", "needed for return by post", {"field": f"{role}/{missing}"}
                )
