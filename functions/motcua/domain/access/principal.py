"""Who acts, and with which rights: pairs of role and unit, read from signed claims, never from the request."""

from enum import StrEnum

from motcua.domain.errors import ForbiddenError
from motcua.domain.record import dataclass


class Role(StrEnum):
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    CONTROLLER = "controller"
    ADMIN = "admin"


ROLE_NAMES_VI = {
    Role.CLERK: "cán bộ Bộ phận Một cửa",
    Role.OFFICER: "cán bộ giải quyết hồ sơ",
    Role.HEAD: "lãnh đạo",
    Role.CONTROLLER: "cán bộ kiểm soát thủ tục hành chính",
    Role.ADMIN: "quản trị hệ thống",
}


def role_needed(role: Role, unit_id: str, **more: str) -> ForbiddenError:
    """Return the refusal that names the role and the unit that are needed; `more` may name the rule behind it."""
    return ForbiddenError("role_needed", role=role.value, role_vi=ROLE_NAMES_VI[role], unit=unit_id, **more)


PROVINCE = "tinh"
"""The province's own unit. A controller or administrator of the whole system holds the role at this unit and at no
other."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in member of staff. `subject` is the identity provider's opaque id, `rights` are (role, unit id)."""

    subject: str
    rights: frozenset[tuple[Role, str]] = frozenset()

    def has(self, role: Role, unit_id: str) -> bool:
        return (role, unit_id) in self.rights

    @property
    def is_controller(self) -> bool:
        """Whether this is the provincial controller, who oversees every unit."""
        return self.has(Role.CONTROLLER, PROVINCE)

    def units(self) -> frozenset[str]:
        return frozenset(unit for _, unit in self.rights)

    def require(self, role: Role, unit_id: str) -> None:
        """Raise ForbiddenError, naming the role and the unit that are needed, unless this person holds them."""
        if not self.has(role, unit_id):
            raise role_needed(role, unit_id)


def rights_of(groups: list[str]) -> frozenset[tuple[Role, str]]:
    """Return the rights that groups named `role@unit` grant; a group of another shape grants nothing."""
    rights = set()
    for group in groups:
        role, at, unit_id = group.partition("@")
        if at and unit_id and role in Role._value2member_map_:
            rights.add((Role(role), unit_id))
    return frozenset(rights)
