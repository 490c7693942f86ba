"""`make template`: run SAM's own validation, cfn-lint and checkov over the templates, all before the verdict."""

import json
import subprocess

from infra.engine.errors import LocalRunError, run
from infra.engine.paths import ENVIRONMENTS, ROOT, TEMPLATE, WORK, environment_python
from infra.stack.expansion import expanded
from infra.stack.sam import run_sam


def main() -> None:
    """Run each check with its own environment's Python; name those that failed."""
    failed = []
    try:
        run_sam("validate", "--lint", "--template-file", "template.yaml", "--region", "ap-southeast-1")
        print("✓ sam validate --lint")
    except LocalRunError as error:
        print(error.text)
        failed.append("sam validate")
    WORK.mkdir(exist_ok=True)
    (WORK / "template.json").write_text(json.dumps(expanded(TEMPLATE), ensure_ascii=False), encoding="utf-8")
    for environment, name, *arguments in [
        ("dev", "cfn-lint"),
        ("checkov", "checkov", "--config-file", ".checkov.yaml"),
    ]:
        script = ENVIRONMENTS / environment / "bin" / name
        command = [str(environment_python(environment)), str(script), *arguments]
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            failed.append(name)
        else:
            print(f"✓ {name}", flush=True)
    if failed:
        raise LocalRunError(f"Mẫu chưa đạt: {', '.join(failed)}", f"The template fails: {', '.join(failed)}")


if __name__ == "__main__":
    run(main)
