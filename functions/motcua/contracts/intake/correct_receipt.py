"""What a clerk sends to correct a receipt."""

from typing import Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.fields import Reason
from motcua.contracts.intake.service_request import Papers, brought_of
from motcua.contracts.model import Inward
from motcua.contracts.persons import Authority, PersonModel
from motcua.usecases.intake.correct_receipt import Correction


class ReceiptCorrectionRequest(Inward):
    """Correct a mistaken receipt, which is printed again as the next version. What is left out stays as it is."""

    reason: Reason = Field(examples=["Ghi sai họ tên chủ hồ sơ"])
    owner: PersonModel | None = None
    submitter: PersonModel | None = None
    recipient: PersonModel | None = None
    authority: Authority | None = None
    papers: Papers | None = None

    @model_validator(mode="after")
    def _something_is_corrected(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields if name != "reason"):
            raise PydanticCustomError("nothing_corrected", "say what was wrong")
        return self

    def to_domain(self) -> Correction:
        named: dict[str, Any] = {
            name: person.to_domain()
            for name in ("owner", "submitter", "recipient")
            if (person := getattr(self, name)) is not None
        }
        return Correction(**named, authority=self.authority or "", papers=brought_of(self.papers))
