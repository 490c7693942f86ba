"""A small invented reorganisation on the real day: on 1 July 2025, two sample wards succeed district h288.

None of it is the law: the real successors in Hải Dương are not shipped, so these are named "Mẫu".
"""

from datetime import date

from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.registry.reorganisation import Reorganisation, Succession
from motcua.domain.registry.unit import Level, Unit, UnitKind

EFFECTIVE = date(2025, 7, 1)
BASIS = LegalBasis("mẫu/NQ", date(2025, 6, 12), "", "Nghị quyết mẫu để chạy thử", "", "ours")


def ward(unit_id: str, name_vi: str) -> Unit:
    return Unit(
        id=unit_id,
        kind=UnitKind.COMMUNE,
        level=Level.COMMUNE,
        name_vi=name_vi,
        short_name_vi="",
        gso_code="",
        parent_id="tinh",
        identifier="000.99.99.H23",
        identifier_is_sample=True,
        valid_from=EFFECTIVE,
        evidence="sample",
    )


def one_stop_of(unit: Unit) -> Unit:
    return Unit(
        id=f"mc-{unit.id}",
        kind=UnitKind.ONE_STOP,
        level=unit.level,
        name_vi=f"Bộ phận Một cửa {unit.name_vi}",
        short_name_vi="",
        gso_code="",
        parent_id=unit.id,
        identifier=unit.identifier,
        identifier_is_sample=True,
        valid_from=unit.valid_from,
        serves=(unit.id,),
        evidence="sample",
    )


NORTH, SOUTH = ward("x-mau-bac", "UBND phường Mẫu Bắc"), ward("x-mau-nam", "UBND phường Mẫu Nam")
SUCCESSORS = (NORTH, SOUTH, one_stop_of(NORTH), one_stop_of(SOUTH))

BY_PROCEDURE, BY_COMMUNE, COVERED_BY_NONE = "2.000620", "x10507", "x10510"
"""By procedure, everything goes to the province; by commune, its people's dossiers go to the northern ward."""

SAMPLE = Reorganisation(
    id="sap-xep-mau-2025-07-01",
    title_vi="Sắp xếp mẫu: kết thúc cấp huyện từ ngày 01/7/2025",
    effective=EFFECTIVE,
    basis=BASIS,
    ends=("h288", "mc-h288"),
    rules=(
        Succession("h288", "sct", procedure=BY_PROCEDURE),
        Succession("mc-h288", "mc-tinh", procedure=BY_PROCEDURE),
        Succession("h288", NORTH.id, commune=BY_COMMUNE),
    ),
    is_sample=True,
)
