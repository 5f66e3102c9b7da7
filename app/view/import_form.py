"""Credentials out of a docker or podman configuration: the form, and what came of it."""

from collections.abc import Mapping

from app.auth.docker_config import ConfigProblem
from app.state.model import ImportReport
from app.view.components import notice, section
from app.view.format import plural
from app.view.identity_words import kind_words
from app.view.markup import Element, Node, el, foreign, hostile

_REASONS: Mapping[str, str] = {
    "too-large": "it is larger than 1 MiB, which no such file is",
    "not-json": "it is not JSON",
    "not-an-object": "it is not a JSON object",
    "no-auths": "it has no “auths”, so there is no credential in it",
    "too-many": "it has more than 1,000 entries; the rest was not read",
    "not-a-registry": "that is no address of a registry",
    "wrong-type": "that is of another type than it should be",
    "base64": "its base64 is damaged",
    "not-utf-8": "it is not UTF-8",
    "no-colon": "it is not “user:password”",
    "no-credential": "there is no credential in it",
    "in-helper": "its credential is kept by a credential helper",
    "bad-token": "the token holds characters that no header can carry",
}
_MOST = 50


def reason_words(reason: str) -> str:
    """Why an entry cannot be used."""
    return _REASONS.get(reason, hostile(reason))


def import_form(report: ImportReport | None) -> Element:
    """A part of the page of identities."""
    return section(
        "import",
        "Import",
        _report(report) if report is not None else None,
        el(
            "form.card.card-body.flow",
            {"data-form": "import", "data-clear": True, "aria-label": "Import a configuration"},
            el(
                "div.field",
                None,
                el("label", {"for": "config-file"}, "From a file"),
                el(
                    "input.input",
                    {
                        "id": "config-file",
                        "type": "file",
                        "accept": ".json,application/json",
                        "data-file": "import",
                        "data-field": "config",
                        "aria-describedby": "config-note",
                    },
                ),
            ),
            el(
                "div.field",
                None,
                el("label", {"for": "config"}, "Or paste it"),
                el(
                    "textarea.input.mono",
                    {
                        "id": "config",
                        "name": "config",
                        "rows": 5,
                        "autocomplete": "off",
                        "autocapitalize": "off",
                        "spellcheck": "false",
                        "aria-describedby": "config-note",
                    },
                ),
            ),
            el(
                "p.field-note",
                {"id": "config-note"},
                el("code", None, "~/.docker/config.json"),
                " or podman's ",
                el("code", None, "auth.json"),
                ": user names, passwords, identity tokens and registry tokens in “auths” are kept in this tab's "
                "memory. Nothing is sent until a registry asks. What credential helpers keep (credsStore, credHelpers) "
                "is outside the file, and a page cannot run such a program.",
            ),
            el("p.row", None, el("button.btn", {"type": "submit"}, "Import")),
        ),
    )


def _report(report: ImportReport) -> Element:
    done = [
        el(
            "li",
            None,
            el("span.mono", None, foreign(netloc)),
            f": {kind_words(kind)}",
            (" of ", el("b", None, foreign(username))) if username else None,
        )
        for netloc, kind, username in report.imported[:_MOST]
    ]
    parts: list[Node] = [el("ul.bullets", None, done) if done else None, _more(len(report.imported))]
    if report.helpers:
        names = [(", " if number else "", el("code", None, foreign(one))) for number, one in enumerate(report.helpers)]
        parts.append(
            el(
                "p",
                None,
                "Not readable from a page: what credential helpers keep (",
                names,
                "). Sign in by hand there.",
            )
        )
    if report.problems:
        problems = [el("li", None, _problem(one)) for one in report.problems[:_MOST]]
        parts += [el("p", None, "Not usable:"), el("ul.bullets", None, problems), _more(len(report.problems))]
    total = len(report.imported)
    return notice(
        "ok" if total and not (report.helpers or report.problems) else "warn",
        f"{plural(total, 'credential')} imported" if total else "No credential was imported",
        *parts,
        level="h3",
    )


def _problem(one: ConfigProblem) -> Node:
    if not one.path:
        words = reason_words(one.reason)
        return f"{words[:1].upper()}{words[1:]}."
    return (el("code", None, foreign(one.path)), f": {reason_words(one.reason)}.")


def _more(total: int) -> Element | None:
    return el("p.muted.small", None, f"and {total - _MOST:,} more") if total > _MOST else None
