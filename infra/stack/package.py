"""Pack a SAM build's functions once, for the embedded run only.

`sam deploy` would zip the shared package again for each function, which takes most of its time on a small machine. A
CodeUri that is already a .zip is uploaded unchanged.
"""

import hashlib
import re
import zipfile
from pathlib import Path

CODE_URI = re.compile(r"^( +CodeUri: )(\w+)$", re.MULTILINE)


def pack_build(build: Path) -> None:
    """Replace each function's folder in the *built* template by its zip. template.yaml stays unchanged."""
    template = build / "template.yaml"

    def packed(match: re.Match[str]) -> str:
        folder = build / match[2]
        return f"{match[1]}{_pack(folder)}" if folder.is_dir() else match[0]

    template.write_text(CODE_URI.sub(packed, template.read_text(encoding="utf-8")), encoding="utf-8")


def _pack(folder: Path) -> str:
    """Return the name of the zip of this content, and make it if it is missing. Equal folders share one."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    name = f"package-{digest.hexdigest()[:16]}.zip"
    target = folder.parent / name
    if not target.exists():
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                # ZipInfo has a fixed date, so that equal content gives equal bytes.
                entry = zipfile.ZipInfo(str(path.relative_to(folder)))
                entry.external_attr = 0o100755 << 16  # Lambda reads it as another user
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return name
