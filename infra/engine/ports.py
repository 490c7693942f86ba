"""Which local ports a run takes, and what to say when they are taken."""

import os
import socket

from infra.engine.errors import LocalRunError

HOST = "127.0.0.1"
PREFERRED = {"up": 4570, "demo": 4580, "test": 4590, "bench": 4600, "restart": 4610}


def is_free(port: int) -> bool:
    """Whether nothing listens at the port and it may be bound."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """A port that the system says is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def taken(port: int) -> LocalRunError:
    """The message for a port that the person chose, or that `up` needs, and that something else holds."""
    return LocalRunError(
        f"Cổng {port} trên máy này đang có chương trình khác dùng. Chọn cổng khác: MOTCUA_PORT={port + 100} make …",
        f"Port {port} of this machine is in use by another program. Choose another: MOTCUA_PORT={port + 100} make …",
    )


def choose_ports(profile: str) -> tuple[int, int]:
    """Ports for the engine and the postal-partner simulator.

    `up` and `demo` take MOTCUA_PORT and the port after it when it is set, and then insist on them; `up` insists on its
    usual ones too, because people note its addresses down. Everything else moves to free ports and says so.
    """
    wanted = os.environ.get("MOTCUA_PORT") if profile in {"up", "demo"} else None
    if wanted is not None and not (wanted.isascii() and wanted.isdigit() and 1024 <= int(wanted) <= 65534):
        raise LocalRunError(
            f"MOTCUA_PORT phải là số từ 1024 đến 65534, không phải “{wanted}”.",
            f"MOTCUA_PORT must be a number from 1024 to 65534, not “{wanted}”.",
        )
    first = int(wanted) if wanted is not None else PREFERRED.get(profile, 0) or any_free_port()
    busy = [port for port in (first, first + 1) if not is_free(port)]
    if not busy:
        return first, first + 1
    if wanted is not None or profile == "up":
        raise taken(busy[0])
    engine, partner = any_free_port(), any_free_port()
    print(f"Cổng {busy[0]} bận, dùng {engine} · Port {busy[0]} is taken, using {engine}", flush=True)
    return engine, partner
