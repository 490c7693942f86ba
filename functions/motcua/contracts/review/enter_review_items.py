"""What a department enters on its work-list."""

from pydantic import Field

from motcua.contracts.fields import Why
from motcua.contracts.model import Inward
from motcua.contracts.review.review_procedures import NamedModel
from motcua.usecases.review.enter_review_items import ITEMS_PER_TRANSACTION


class EnterItemsRequest(Inward):
    """Procedures and work procedures that come on a department's work-list: all of them or none."""

    items: list[NamedModel] = Field(min_length=1, max_length=ITEMS_PER_TRANSACTION)
    why: Why = Field(examples=["Danh mục rà soát theo công văn 1313/UBND-VP"])


class EnterCatalogueRequest(Inward):
    """Everything that the catalogue has of the department and its work-list has not."""

    why: Why = Field(examples=["Danh mục rà soát theo công văn 1313/UBND-VP"])
