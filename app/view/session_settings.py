"""Choices about sign-ins: how long tokens are used, when the page locks itself, refresh tokens."""

from app.state.model import Settings
from app.view.markup import Element, el

_LIFETIMES: tuple[tuple[str, float | None, str], ...] = (
    ("stated", None, "as long as the registry says"),
    ("300", 300.0, "5 minutes at most"),
    ("60", 60.0, "1 minute at most"),
    ("0", 0.0, "not at all: a token for each request"),
)
_LOCKS: tuple[tuple[int, str], ...] = (
    (0, "never"),
    (5, "after 5 minutes"),
    (15, "after 15 minutes"),
    (30, "after 30 minutes"),
    (60, "after an hour"),
)


def token_lifetime(settings: Settings) -> Element:
    """How long a token is used. The command's value: stated, or seconds."""
    chosen = settings.token_lifetime
    options = [
        el("option", {"value": text, "selected": seconds == chosen}, words) for text, seconds, words in _LIFETIMES
    ]
    if all(seconds != chosen for _, seconds, _ in _LIFETIMES):
        options.append(el("option", {"value": f"{chosen:.0f}", "selected": True}, f"{chosen:.0f} seconds at most"))
    return _choice(
        "token-lifetime",
        "Use a token",
        options,
        "Tokens wait in memory so that not every click asks for one. A shorter time means more requests to the token "
        "service, and that a right that was taken away is noticed sooner; not at all means one token request for every "
        "request.",
    )


def idle_lock(settings: Settings) -> Element:
    """When to sign out of everything. The command's value: minutes."""
    options = [
        el("option", {"value": minutes, "selected": minutes == settings.idle_lock}, words) for minutes, words in _LOCKS
    ]
    if all(minutes != settings.idle_lock for minutes, _ in _LOCKS):
        words = f"after {settings.idle_lock} minutes"
        options.append(el("option", {"value": settings.idle_lock, "selected": True}, words))
    return _choice(
        "idle-lock",
        "Sign out of everything when idle",
        options,
        "Counted from the last click or key on this page. All passwords and tokens of the tab are forgotten then.",
    )


def offline(settings: Settings) -> Element:
    """Whether refresh tokens are asked for."""
    return el(
        "div.field",
        None,
        el(
            "label.check",
            None,
            el(
                "input",
                {
                    "type": "checkbox",
                    "data-command": "offline",
                    "checked": settings.offline,
                    "data-reset": True,
                    "aria-describedby": "offline-note",
                },
            ),
            " Ask token services for a refresh token",
        ),
        el(
            "p.field-note",
            {"id": "offline-note"},
            "It then stands in for the password, which goes out only once. It is kept in memory like everything else; "
            "some token services list it among your sessions.",
        ),
    )


def _choice(name: str, label: str, options: list[Element], note: str) -> Element:
    return el(
        "div.field",
        None,
        el("label", {"for": name}, label),
        el(
            "div",
            None,
            el(
                "select.select",
                {"id": name, "data-command": name, "data-reset": True, "aria-describedby": f"{name}-note"},
                options,
            ),
        ),
        el("p.field-note", {"id": f"{name}-note"}, note),
    )
