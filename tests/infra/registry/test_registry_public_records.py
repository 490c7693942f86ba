"""Tables compiled from public records load through the import. The excerpts here have their exact shape."""

from pathlib import Path

import pytest

from infra.registry.findings import BadFileError
from infra.registry.importing import import_file
from motcua.domain.registry.entry import EntryKind
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import UNITS, VERSIONS

UNITS_HEADER = "kind,name_vi,short_name_vi,gso_code,parent_vi,identifier_sample,evidence\n"
UNITS_FILE = (
    UNITS_HEADER
    + """\
department,Văn phòng Ủy ban nhân dân tỉnh,VP UBND tỉnh,,UBND tỉnh Hải Dương,000.00.01.H23,public
department,Sở Nông nghiệp và Phát triển nông thôn,SNN&PTNT,,UBND tỉnh Hải Dương,000.00.07.H23,unchecked
department,Sở Tài nguyên và Môi trường,STN&MT,,UBND tỉnh Hải Dương,000.00.10.H23,unchecked
department,Ban Quản lý các khu công nghiệp tỉnh Hải Dương,BQL KCN,,UBND tỉnh Hải Dương,000.00.19.H23,public
one_stop,Trung tâm Phục vụ hành chính công tỉnh Hải Dương,TTPVHCC,,Văn phòng Ủy ban nhân dân tỉnh,000.01.01.H23,letter
department_unit,Văn phòng Đăng ký đất đai Hải Dương,VPĐKĐĐ,,Sở Tài nguyên và Môi trường,,unchecked
district,UBND huyện Thanh Miện,UBND H. Thanh Miện,300,UBND tỉnh Hải Dương,000.00.41.H23,gso-2020-03
commune,UBND xã Hồng Phong,UBND X. Hồng Phong,11293,UBND huyện Thanh Miện,000.17.41.H23,gso-2020-03
"""
)
PROCEDURES_HEADER = (
    "code,name_vi,field_vi,level,owner_vi,limit,limit_unit,fee_vnd,post_in,post_out,components_vi,values_of,"
    "code_known_in_2020,evidence\n"
)


def written(folder: Path, text: str) -> Path:
    file = folder / "public.csv"
    file.write_text(text, encoding="utf-8")
    return file


def load(folder: Path, text: str, ledger: MemoryLedger) -> None:
    import_file(written(folder, text), ledger, "import:mau", "Nạp từ nguồn công khai")


def test_units_get_their_ids_their_province_and_their_counters(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    load(tmp_path, UNITS_FILE, ledger)
    units = {entry.id: entry.thing for entry in ledger.entries(EntryKind.UNIT)}
    assert set(units) == {
        *("tinh", "vp-ubnd", "snn-ptnt", "stn-mt", "bql-kcn", "mc-tinh", "vpdkdd"),
        *("h300", "mc-h300", "x11293", "mc-x11293"),
    }
    assert units.pop("mc-tinh").serves == ("vp-ubnd", "snn-ptnt", "stn-mt", "bql-kcn"), "those of this excerpt"
    assert all(UNITS[unit_id] == unit for unit_id, unit in units.items())


def test_procedures_find_their_department(tmp_path: Path) -> None:
    name = VERSIONS["1.000798"].latest.name_vi
    text = PROCEDURES_HEADER + (
        f'1.000798,"{name}",Đất đai,huyen,UBND cấp huyện,15,working_day,0,,,Đơn xin chuyển mục đích sử dụng '
        "đất theo mẫu,2020-2025,yes,B2\n"
    )
    part = "Văn phòng Đăng ký đất đai (Sở Tài nguyên và Môi trường) / Chi nhánh"
    text += f"9.000001,Việc mẫu,Đất đai,tinh;huyen,{part},2.5,working_day,,yes,no,Đơn | Ảnh,2021,no,D\n"
    ledger = MemoryLedger()
    load(tmp_path, UNITS_FILE, ledger)
    load(tmp_path, text, ledger)
    known = {entry.id: entry.thing for entry in ledger.entries(EntryKind.PROCEDURE)}
    assert known["1.000798"] == VERSIONS["1.000798"]
    sample = known["9.000001"].latest
    assert (sample.agency_id, sample.counts_in_department, sample.published_on) == ("stn-mt", True, None)
    assert sorted(sample.levels) == ["huyen", "tinh"]
    assert [paper.name_vi for paper in sample.components] == ["Đơn", "Ảnh"]


def test_a_name_that_leads_nowhere_is_told_in_the_files_own_words(tmp_path: Path) -> None:
    lost = "commune,UBND xã Mẫu,UBND X. Mẫu,99999,UBND huyện Không Có,000.99.41.H23,sample\n"
    with pytest.raises(BadFileError) as refused:
        load(tmp_path, UNITS_FILE + lost, MemoryLedger())
    assert [(row.line, row.column) for row in refused.value.rows] == [(10, "parent_vi")]
    row = "9.000001,Việc mẫu,,tinh,Sở Mẫu,x,working_day,,,,,2021,no,D\n"
    with pytest.raises(BadFileError) as refused:
        load(tmp_path, PROCEDURES_HEADER + row, MemoryLedger())
    assert [(row.line, row.column) for row in refused.value.rows] == [(2, "owner_vi")]
    ledger = MemoryLedger()
    load(tmp_path, UNITS_FILE, ledger)
    with pytest.raises(BadFileError) as refused:
        load(tmp_path, PROCEDURES_HEADER + row.replace("tinh,Sở Mẫu", "xa,UBND cấp xã"), ledger)
    assert [(row.line, row.column) for row in refused.value.rows] == [(2, "limit")]
