"""`make up`: keep the whole system running on this machine until Ctrl-C, with its state kept for the next time."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from infra.engine.errors import LocalRunError, run
from infra.registry.seed import seed
from infra.simulator.process import Partner, PartnerError, running_partner
from infra.stack.partner_link import link_partner
from infra.stack.sign_ins import create_person
from infra.stack.stack import Stack, running_stack

LOOK_SECONDS = 0.5
RESTARTS, WITHIN_SECONDS = 3, 60
FILLED = "/motcua/filled"
# One person of each kind: the provincial centre, the Department of Justice, the city's committee, the province.
PEOPLE = {
    "clerk": ("clerk@mc-tinh", "Bộ phận Một cửa · one-stop clerk"),
    "officer": ("officer@stp", "Sở Tư pháp · officer"),
    "head": ("head@stp", "Sở Tư pháp · head of agency"),
    "clerk-h288": ("clerk@mc-h288", "Một cửa TP Hải Dương · district clerk"),
    "officer-h288": ("officer@h288", "UBND TP Hải Dương · district officer"),
    "controller": ("controller@tinh", "kiểm soát TTHC · provincial controller"),
    "admin": ("admin@tinh", "quản trị · administrator"),
}


def greet(stack: Stack, passwords: dict[str, str]) -> None:
    """Print what a person needs: addresses, sign-ins (only when just made), and a request to copy."""
    print(f"""
Đang chạy · Running. Ctrl-C hoặc (or) `make down` để dừng · to stop; `make reset` để xoá dữ liệu · to delete its data.

  API        {stack.api_url}
  Cognito    {stack.endpoint}  (client {stack.outputs["StaffClientId"]})
  Token URL  {stack.token_url}  (portal client {stack.outputs["PortalClientId"]})
  Bưu chính  {stack.partner_url}  (mô phỏng · simulator)
  Nhật ký    {stack.folder / "engine.log"}
""")
    if not passwords:
        print("Tài khoản và mật khẩu như lần đầu · Sign-ins are those shown at the first start.\n", flush=True)
        return
    print("Tài khoản (mật khẩu chỉ hiện lần này) · Sign-ins (passwords are shown only now):\n")
    for name, password in passwords.items():
        group, label = PEOPLE[name]
        print(f"  {name:<13} {password}   {group:<16} {label}")
    print(
        f"""
Thử · Try:

  TOKEN=$(curl -s {stack.endpoint}/ -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \\
    -H 'Content-Type: application/x-amz-json-1.1' -d '{{"AuthFlow": "USER_PASSWORD_AUTH",
    "ClientId": "{stack.outputs["StaffClientId"]}",
    "AuthParameters": {{"USERNAME": "clerk", "PASSWORD": "{passwords["clerk"]}"}}}}' \\
    | python3 -c 'import json, sys; print(json.load(sys.stdin)["AuthenticationResult"]["IdToken"])')
  curl -s -H "Authorization: $TOKEN" -H 'Idempotency-Key: thu-1' -H 'Content-Type: application/json' \\
    '{stack.api_url}/dossiers' -d '{{"one_stop_id": "mc-tinh", "procedure_code": "2.000635", "channel_in": "counter",
    "owner": {{"name": "Nguyễn Văn Mẫu", "number": "030099000001"}}}}'

  Hồ sơ đi ngay đến Sở Tư pháp · It goes to the Department of Justice at once; signed in as officer instead of clerk:

  curl -s -H "Authorization: $TOKEN" '{stack.api_url}/units/stp/inbox?status=4'
""",
        flush=True,
    )


def prepare(stack: Stack) -> dict[str, str]:
    """Fill a stack that is not filled yet: units, procedures and people; returns the new passwords.

    The mark comes last and is kept in the engine's own state, which is saved or lost as one: a start that was
    interrupted, or a state lost with a killed engine, is filled at the next start.
    """
    parameters = stack.client("ssm")
    if parameters.get_parameters(Names=[FILLED])["Parameters"]:
        return {}
    print("Nạp đơn vị, thủ tục, tài khoản · Loading units, procedures, sign-ins", flush=True)
    seed(stack)
    passwords = {name: create_person(stack, name, [group]) for name, (group, _) in PEOPLE.items()}
    parameters.put_parameter(Name=FILLED, Value="yes", Type="String", Overwrite=True)
    return passwords


def keep_running(stack: Stack, passwords: dict[str, str]) -> None:
    """Serve until Ctrl-C, or until it cannot go on: then a LocalRunError says why.

    A simulator that ends is started again: its orders are in its file, and callbacks that it owes go out late. The engine
    is not: what it may have lost has to be seen by a person, at the next start.
    """
    ends: list[float] = []
    while True:
        with _simulator(stack) as partner:
            if ends:
                print("Đã chạy lại mô phỏng bưu chính · The simulator of the post runs again", flush=True)
            else:
                greet(stack, passwords)
            while partner.is_alive():
                _must_live(stack)
                time.sleep(LOOK_SECONDS)
            ended, log = _how(partner.process.returncode), _last_lines(stack.folder / "partner.log")
        _must_live(stack)
        print(f"⚠ Mô phỏng bưu chính tự dừng ({ended}) · The simulator of the post ended by itself{log}", flush=True)
        ends.append(time.monotonic())
        if len(ends) > RESTARTS and ends[-1] - ends[-1 - RESTARTS] < WITHIN_SECONDS:
            raise LocalRunError(
                f"Mô phỏng bưu chính dừng {RESTARTS + 1} lần trong {WITHIN_SECONDS} giây, không chạy lại nữa.",
                f"The simulator of the post ended {RESTARTS + 1} times in {WITHIN_SECONDS} s and is not started again.",
            )


@contextmanager
def _simulator(stack: Stack) -> Iterator[Partner]:
    """The postal partner's simulator, introduced to the stack."""
    try:
        with running_partner(stack.partner_port, stack.folder / "partner.json", auto=True) as partner:
            # It may end at once; then it is seen to have ended.
            with suppress(httpx.NetworkError, httpx.RemoteProtocolError):
                link_partner(stack, partner)
            yield partner
    except PartnerError as error:
        raise LocalRunError(f"Mô phỏng bưu chính không chạy được: {error}", "The simulator cannot run.") from error


def _must_live(stack: Stack) -> None:
    if not stack.is_alive():
        log = stack.folder / "engine.log"
        raise LocalRunError(
            f"AWS nhúng tự dừng. Nhật ký: {log}. Chạy lại `make up`: dữ liệu trở lại bản lưu cuối, cách vài giây.",
            f"The embedded AWS ended by itself. Its log: {log}. Run `make up` again: its last save is seconds old.",
        )


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _last_lines(log: Path) -> str:
    return "".join(f"\n    {line}" for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])


def main() -> None:
    """Run until stopped."""
    with running_stack("up", keep_saved=True) as stack:
        passwords = prepare(stack)
        try:
            keep_running(stack, passwords)
        except KeyboardInterrupt:
            print("\nĐang dừng và lưu · Stopping and saving", flush=True)


if __name__ == "__main__":
    run(main)
