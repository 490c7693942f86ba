"""Compile a SAM build's Python files, so that no function compiles at its cold start, where its package is read-only.

The bytecode is not checked against its source when loaded, because packing loses the times that such a check compares.
"""

import hashlib
import importlib.util
import py_compile
import shutil
import sys
from pathlib import Path

from infra.engine.errors import run

UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compile_build(build: Path) -> None:
    """Compile every function's folder below `build` with the running interpreter.

    SAM copies one package to each function that shares it, and most of it never changes. So each file is compiled once
    and kept beside the build under a name made of its content.
    """
    kept = build.parent / "bytecode"
    kept.mkdir(exist_ok=True)
    for folder in sorted(path for path in build.iterdir() if path.is_dir()):
        for source in folder.rglob("*.py"):
            name = str(source.relative_to(folder))  # tracebacks show this name, the same wherever it was built
            content = f"{sys.implementation.cache_tag}\0{name}\0".encode() + source.read_bytes()
            compiled = kept / hashlib.sha256(content).hexdigest()
            if not compiled.exists():
                py_compile.compile(str(source), str(compiled), name, doraise=True, invalidation_mode=UNCHECKED)
            target = Path(importlib.util.cache_from_source(source))
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(compiled, target)


def main() -> None:
    """`python -m infra.stack.bytecode BUILD_FOLDER RUNTIME`: compile, unless the functions run on another version."""
    build, runtime = Path(sys.argv[1]), sys.argv[2]
    if runtime == "python{}.{}".format(*sys.version_info[:2]):
        compile_build(build)
    else:
        print(f"{runtime}: không biên dịch sẵn (khác bản Python ở đây) · not compiled ahead (another Python here)")


if __name__ == "__main__":
    run(main)
