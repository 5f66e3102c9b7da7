"""Local Network Access: whether the browser lets the page reach this machine, or its network.

Chromium asks the person since version 142; other browsers know none of the permissions, and then nothing is concluded.
"""

from collections.abc import Mapping

from app.oci.origin import Origin, is_loopback, is_private

# The permissions that decide; the first was the only one before they were divided.
_OF_LOOPBACK = ("local-network-access", "loopback-network")
_OF_THE_NETWORK = ("local-network-access", "local-network")


class LocalNetwork:
    """`page`: None for a file or an extension, which count as local. `before`: the permissions before any probe."""

    __slots__ = ("_before", "_page", "secure")

    def __init__(self, page: Origin | None, secure: bool, before: Mapping[str, str]) -> None:
        self._page = page
        self._before = before
        self.secure = secure

    def turned_denied(self, after: Mapping[str, str]) -> bool:
        """Whether one of them was denied since: by the person, at the prompt that a probe raised."""
        return any(
            state == "denied" and self._before.get(name) in ("prompt", "granted") for name, state in after.items()
        )

    def denies(self, origin: Origin, after: Mapping[str, str]) -> bool:
        """Whether requests to that origin need a permission that is denied."""
        return self._concerns(origin) and "denied" in _states(origin, after)

    def asks(self, origin: Origin, after: Mapping[str, str]) -> bool:
        """Whether requests to that origin wait for an answer that the person has not given."""
        return self._concerns(origin) and "prompt" in _states(origin, after)

    def _concerns(self, origin: Origin) -> bool:
        # A page asks to reach a closer address space than its own; a host's name may hide its address, and then only
        # a permission that turns tells.
        return _closeness(origin) > (2 if self._page is None else _closeness(self._page))


def _closeness(origin: Origin) -> int:
    return 2 if is_loopback(origin.host) else int(is_private(origin.host))


def _states(origin: Origin, permissions: Mapping[str, str]) -> set[str]:
    names = _OF_LOOPBACK if is_loopback(origin.host) else _OF_THE_NETWORK
    return {permissions[name] for name in names if name in permissions}
