"""What the buttons of the transcript do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state.model import TranscriptPage

if TYPE_CHECKING:
    from app.oci.origin import Origin
    from app.state.controller import Controller

Args = Mapping[str, object]


def _export_har(controller: Controller, args: Args) -> None:
    if isinstance(controller.state.page, TranscriptPage):
        from app.auth.har import to_har

        registry = controller.state.page.registry
        content = to_har(controller.connections.transcript, controller.state.config.build, registry)
        controller.shell.download(f"{_name(registry)}.har", content, "application/json")


def _export_text(controller: Controller, args: Args) -> None:
    if isinstance(controller.state.page, TranscriptPage):
        from app.auth.har import to_text

        registry = controller.state.page.registry
        content = to_text(controller.connections.transcript, registry).encode("utf-8", "replace")
        controller.shell.download(f"{_name(registry)}.txt", content, "text/plain;charset=utf-8")


def _clear(controller: Controller, args: Args) -> None:
    if isinstance(controller.state.page, TranscriptPage):
        controller.connections.transcript.clear(controller.state.page.registry)
        controller.refresh()


def _name(registry: Origin | None) -> str:
    if registry is None:
        return "transcript"
    host = registry.host.replace(":", "_")
    return f"transcript-{host}" if registry.port is None else f"transcript-{host}-{registry.port}"


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "clear-transcript": _clear,
    "export-har": _export_har,
    "export-text": _export_text,
}
