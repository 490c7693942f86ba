"""What signed links need from outside: a signature that only we can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.domain.post.channel_link import Link


class Links(Protocol):
    """Signs links and recognises those that it has signed."""

    def sign(self, link: Link) -> str:
        """Return the token that stands for the link."""

    def opened(self, token: str) -> Link | None:
        """Return the link that the token stands for, expired or not; None for a token that we did not make."""
