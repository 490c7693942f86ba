"""carriers.csv, carrier_status.csv and post_provinces.csv: carriers, their status codes and their province numbers."""

from typing import Any

from pydantic import Field

from infra.registry.cells import column
from infra.registry.table import Table
from motcua.contracts.fields import Line, Name, Text
from motcua.contracts.model import Inward
from motcua.domain.post.parcel import ParcelState
from motcua.domain.registry.carrier import Carrier, CarrierCode, PostProvince
from motcua.domain.registry.entry import EntryKind

SYSTEM, CODE = r"^[a-z0-9_]{1,60}$", r"^[A-Za-z0-9-]{1,20}$"


class CarrierModel(Inward):
    """A carrier. A dated rule, not this table, says whether it is the public postal service."""

    id: Name
    name_vi: Text
    evidence: Line = ""

    def to_domain(self) -> Carrier:
        return Carrier(self.id, self.name_vi, self.evidence)

    @classmethod
    def from_domain(cls, carrier: Carrier) -> "CarrierModel":
        return cls.model_construct(id=carrier.id, name_vi=carrier.name_vi, evidence=carrier.evidence)


class CarrierCodeModel(Inward):
    """The meaning of a status code of a carrier's system.

    Without `our_state`, the code is known and changes nothing.
    """

    carrier_system: str = Field(pattern=SYSTEM)
    code: str = Field(pattern=CODE)
    meaning_vi: Line = ""
    our_state: ParcelState | None = None
    evidence: Line = ""

    def to_domain(self) -> CarrierCode:
        state = self.our_state.value if self.our_state else ""
        return CarrierCode(self.carrier_system, self.code, self.meaning_vi, state, self.evidence)

    @classmethod
    def from_domain(cls, code: CarrierCode) -> "CarrierCodeModel":
        named: dict[str, Any] = {name: getattr(code, name) for name in cls.model_fields}
        return cls.model_construct(**named | {"our_state": ParcelState(code.our_state) if code.our_state else None})


class PostProvinceModel(Inward):
    """A province under the post's own number."""

    vnpost_province_code: str = Field(pattern=r"^[0-9]{1,3}$")
    postal_prefix: str = Field(default="", pattern=r"^[0-9]{0,3}$")
    name_vi: Text

    def to_domain(self) -> PostProvince:
        return PostProvince(self.vnpost_province_code, self.postal_prefix, self.name_vi)

    @classmethod
    def from_domain(cls, province: PostProvince) -> "PostProvinceModel":
        return cls.model_construct(**{name: getattr(province, name) for name in cls.model_fields})


class Carriers(Table):
    """The table of postal carriers."""

    name, file, kind = "carriers", "carriers.csv", EntryKind.CARRIER
    vi, en = "doanh nghiệp bưu chính", "carriers"
    model = CarrierModel
    columns = (column("id"), column("name_vi"), column("evidence"))


class CarrierStatus(Table):
    """The table of status codes. Its key is system and code together, because the systems contradict each other."""

    name, file, kind = "carrier_status", "carrier_status.csv", EntryKind.CARRIER_CODE
    vi, en = "mã trạng thái bưu chính", "carriers' status codes"
    model = CarrierCodeModel
    key = "code"
    columns = tuple(column(name) for name in ("carrier_system", "code", "meaning_vi", "our_state", "evidence"))

    def id_of(self, record: CarrierCode) -> str:
        return f"{record.carrier_system}#{record.code}"

    def place(self, record: CarrierCode) -> Any:
        """Sort codes that are numbers as numbers: 7 before 100."""
        text = record.code.lstrip("-")
        return record.carrier_system, int(record.code) if text.isdecimal() else 0, record.code


class PostProvinces(Table):
    """The table of the post's province numbers, which are not those of the statistics office."""

    name, file, kind = "post_provinces", "post_provinces.csv", EntryKind.POST_PROVINCE
    vi, en = "mã tỉnh của bưu chính", "the post's province numbers"
    model = PostProvinceModel
    key = "vnpost_province_code"
    columns = tuple(column(name) for name in ("vnpost_province_code", "postal_prefix", "name_vi"))

    def place(self, record: PostProvince) -> Any:
        return int(record.vnpost_province_code)
