"""Carriers of results. Only a *public* postal service counts towards the target (Decision 45/2016/QĐ-TTg)."""

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier. Which carrier is the public postal service is a dated rule of its own (`public_postal_service`)."""

    id: str
    name_vi: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CarrierCode:
    """What a status code of a carrier's system means: our parcel state, or "" for a known code that changes nothing.

    The systems contradict each other (100 is delivered in one, returned in another), so the key is (system, code).
    """

    carrier_system: str
    code: str
    meaning_vi: str
    our_state: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class PostProvince:
    """A province by the post's own number, which differs from its GSO code (Hải Dương is 17 to the post, 30 to GSO)."""

    vnpost_province_code: str
    postal_prefix: str
    name_vi: str
