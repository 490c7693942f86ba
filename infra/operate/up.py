"""`make up`: keep the whole system running on this machine until Ctrl-C, with its state kept for the next time."""

import time

from infra.engine.errors import LocalRunError, run
from infra.registry.seed import seed
from infra.simulator.process import running_partner
from infra.stack.partner_link import link_partner
from infra.stack.sign_ins import create_person
from infra.stack.stack import Stack, running_stack

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


def main() -> None:
    """Run until stopped; an engine that ends by itself is reported."""
    with running_stack("up") as stack:
        passwords = prepare(stack)
        with running_partner(stack.partner_port, stack.folder / "partner.json", auto=True) as partner:
            link_partner(stack, partner)
            greet(stack, passwords)
            try:
                while stack.is_alive():
                    time.sleep(0.5)
            except KeyboardInterrupt:
                print("\nĐang dừng và lưu · Stopping and saving", flush=True)
                return
            raise LocalRunError(
                f"AWS nhúng tự dừng. Nhật ký: {stack.folder / 'engine.log'}",
                f"The embedded AWS ended by itself. Its log: {stack.folder / 'engine.log'}",
            )


if __name__ == "__main__":
    run(main)
