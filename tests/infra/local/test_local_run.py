"""The embedded run: it starts anywhere, starts again, and leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.machinery import SourcelessFileLoader
from pathlib import Path
from typing import Any

import pytest

from infra.engine import ports
from infra.engine.engine import REGION, Engine, _command_of, forget_stream_positions
from infra.engine.engine_process import MARK, SAVED
from infra.engine.errors import LocalRunError
from infra.engine.paths import FUNCTIONS_LOCK, LOCKS, ROOT, Profile
from infra.engine.this_machine import aws_client
from infra.setup import bootstrap
from infra.setup import environments as setup
from infra.stack.bytecode import compile_build
from infra.stack.package import pack_build
from infra.stack.stack import _alone


def test_a_restart_forgets_the_stream_positions_and_nothing_else(tmp_path: Path) -> None:
    positions = {"__account_region_scoped__": True, "data": {"000000000000\0ap-southeast-1\0'esm'": 6}}
    payload = {"functions": {"kept": 1}, "dynamodb_stream_positions": positions}
    (tmp_path / "lambda.json").write_text(json.dumps({"__ministack_format__": 2, "payload": payload}))
    forget_stream_positions(tmp_path)
    assert json.loads((tmp_path / "lambda.json").read_text()) == {
        "__ministack_format__": 2,
        "payload": {
            "functions": {"kept": 1},
            "dynamodb_stream_positions": {"__account_region_scoped__": True, "data": {}},
        },
    }


def test_a_first_start_has_no_positions_to_forget(tmp_path: Path) -> None:
    forget_stream_positions(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_old_python_hands_over_to_a_new_one_or_says_what_is_needed() -> None:
    assert bootstrap.choose("/no/such/python", ("/none/either", sys.executable)) == sys.executable
    assert bootstrap.choose("/no/such/python", ()) is None
    text = bootstrap.complaint((3, 9, 18))
    assert "Cần Python 3.11 trở lên; python3 ở đây là 3.9.18" in text
    assert "Python 3.11 or newer is needed; python3 here is 3.9.18" in text


def test_a_python_without_venv_is_told_the_package_to_install() -> None:
    assert "sudo apt install python3.12-venv" in bootstrap.complaint((3, 12, 1))


def test_bootstrap_loads_on_python_3_6() -> None:
    source = (ROOT / "infra/setup/bootstrap.py").read_text(encoding="utf-8")
    compile(source, "bootstrap.py", "exec", dont_inherit=True)
    assert not re.search(r":=|match |from __future__ import annotations|\blist\[|(?<!\")\btuple\[", source)


def test_a_half_made_environment_does_not_count(tmp_path: Path) -> None:
    assert not setup.is_complete(tmp_path, "wanted")
    (tmp_path / setup.STAMP).write_text("another lock")
    assert not setup.is_complete(tmp_path, "wanted")
    (tmp_path / setup.STAMP).write_text("wanted")
    assert setup.is_complete(tmp_path, "wanted")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to("/no/longer/there")
    assert not setup.is_complete(tmp_path, "wanted")


def test_a_taken_port_is_named_with_the_variable_that_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PORT", "4570")
    monkeypatch.setattr(ports, "is_free", lambda port: port != 4571)
    with pytest.raises(LocalRunError) as caught:
        ports.choose_ports("up")
    assert "Cổng 4571" in caught.value.vi
    assert "Port 4571" in caught.value.en
    assert "MOTCUA_PORT=" in caught.value.text


def test_the_tests_move_to_a_free_port_and_say_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOTCUA_PORT", "4570")  # of a `make up` in the same shell: not for the tests
    monkeypatch.setattr(ports, "is_free", lambda port: port > 5000)
    engine, partner = ports.choose_ports("test")
    assert min(engine, partner) > 5000
    assert str(engine) in capsys.readouterr().out


@pytest.mark.parametrize("port", ["80", "65535", "http", "٤٥٧٠", ""])
def test_a_nonsensical_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PORT", port)
    with pytest.raises(LocalRunError, match="MOTCUA_PORT"):
        ports.choose_ports("demo")


def test_a_profile_runs_once_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.engine.paths.WORK", tmp_path)
    with _alone(Profile("up")):
        with pytest.raises(LocalRunError) as caught, _alone(Profile("up")):
            pass
        assert f"pid {os.getpid()}" in caught.value.en
        assert "make down" in caught.value.vi
    with _alone(Profile("up")):
        pass


def test_functions_inherit_nothing_of_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "PYTHONPATH", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "mine")
    environment = Engine(Profile("test"), 4590)._environment()
    assert "mine" not in environment.values()
    assert environment["AUTH"] == "true"
    assert environment["BIND_HOST"] == "127.0.0.1"


def test_functions_are_locked_to_the_versions_that_the_tests_run_on() -> None:
    def versions(lock: Path) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", lock.read_text(encoding="utf-8"), re.MULTILINE))

    assert versions(FUNCTIONS_LOCK) <= versions(LOCKS / "dev.txt")


def test_locks_name_no_host_and_have_a_hash_for_each_package() -> None:
    for lock in [FUNCTIONS_LOCK, *LOCKS.glob("*.txt")]:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text), lock.name
        for block in re.split(r"\n(?=[a-z0-9])", text):
            assert "==" not in block or "--hash=sha256:" in block, block


def test_a_build_is_compiled_without_its_place_and_packed_once(tmp_path: Path) -> None:
    build = tmp_path / "build"
    for function in ("OneFunction", "TwoFunction"):
        (build / function / "handlers").mkdir(parents=True)
        (build / function / "handlers" / "one.py").write_text("def where():\n    return where.__code__.co_filename\n")
    (build / "template.yaml").write_text(
        "    CodeUri: functions/\n      CodeUri: OneFunction\n      CodeUri: TwoFunction\n"
    )
    compile_build(build)
    compiled = next((build / "OneFunction").rglob("*.pyc"))
    code = SourcelessFileLoader("one", str(compiled)).get_code("one")
    assert code is not None
    assert code.co_filename == "handlers/one.py"
    assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00"  # by hash, unchecked (PEP 552)
    pack_build(build)
    written = (build / "template.yaml").read_text()
    zips = re.findall(r"CodeUri: (package-\w+\.zip)", written)
    assert len(zips) == 2
    assert len(set(zips)) == len(list(build.glob("*.zip"))) == 1
    assert "CodeUri: functions/\n" in written


@pytest.mark.engine
def test_the_engine_does_not_outlive_a_killed_parent_and_saves_its_state(tmp_path: Path) -> None:
    program = (
        "import sys, time, pathlib; from infra.engine import paths; paths.WORK = pathlib.Path(sys.argv[1]);"
        "from infra.engine.engine import Engine; from infra.engine.ports import any_free_port;"
        "Engine(paths.Profile('orphan'), any_free_port()).start(); print('ready', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        engine = int((tmp_path / "orphan" / "engine.pid").read_text())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _command_of(engine):
        assert time.monotonic() < deadline, "the engine is still there"
        time.sleep(0.1)
    assert list((tmp_path / "orphan" / "state").glob("*.json"))
    assert not (tmp_path / "orphan" / "state" / MARK).exists(), "the state is saved"


@pytest.mark.engine
def test_a_killed_engine_goes_on_from_its_last_save_and_says_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("infra.engine.paths.WORK", tmp_path)
    profile = Profile("killed")
    mark = profile.state / MARK

    def items(engine: Engine) -> set[str]:
        return {item["name"]["S"] for item in dynamodb(engine).scan(TableName="Kept")["Items"]}

    def put(engine: Engine, name: str) -> None:
        dynamodb(engine).put_item(TableName="Kept", Item={"name": {"S": name}})

    engine = Engine(profile, ports.any_free_port())
    engine.start()
    try:
        engine.keep_saved()
        dynamodb(engine).create_table(
            TableName="Kept",
            KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        put(engine, "saved")
        deadline = time.monotonic() + 30
        while json.loads(mark.read_text())["unsaved_since"] is not None:
            assert time.monotonic() < deadline, profile.log.read_text()[-2000:]
            time.sleep(0.05)
        put(engine, "lost")
        os.kill(int(profile.engine_pid.read_text()), signal.SIGKILL)
        while _command_of(int(profile.engine_pid.read_text())):
            time.sleep(0.01)
    finally:
        engine.stop()
    assert "lost" not in (profile.state / SAVED).read_text()

    for expected in ({"saved"}, {"saved", "since"}):
        again = Engine(profile, ports.any_free_port())
        again.start()
        try:
            assert items(again) == expected
            put(again, "since")
        finally:
            again.stop()
        assert not mark.exists()
        assert not (profile.state / SAVED).exists()
    told = capsys.readouterr().out
    assert told.count("bị ngắt") == told.count("was cut off") == 1
    assert told.count("ĐÃ MẤT") == told.count("LOST") == 1


def dynamodb(engine: Engine) -> Any:
    return aws_client("dynamodb", engine.endpoint, REGION, engine.access_key, engine.secret_key)
