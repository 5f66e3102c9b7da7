"""What was checked of a signature, exactly what that proves, and what nobody checked."""

from collections.abc import Mapping

from app.trust.checks import Check, CheckName, CheckState
from app.view.components import icon, outcome
from app.view.markup import Element, Node, el

_QUESTIONS: Mapping[CheckName, str] = {
    "subject": "Is it about this manifest?",
    "signature": "Was it made by the key in the certificate beside it?",
    "validity": "Was that certificate valid when the log took it in?",
    "chain": "Does the certificate lead to a root that you know?",
    "log": "Does the transparency log really have this entry?",
    "identity": "Should this identity sign this image?",
}
_ANSWERS: Mapping[tuple[CheckName, CheckState], str] = {
    ("subject", "holds"): "It names the digest of this manifest. Who wrote that down, this alone does not tell.",
    ("subject", "fails"): "It names another digest than that of this manifest: it says nothing about this one.",
    ("signature", "holds"): "The holder of that key signed exactly these bytes. Whose key it is says the certificate, "
    "which anybody can make: see what was not checked.",
    ("signature", "fails"): "The signature is not one of these bytes by that key: something was changed, or belongs "
    "elsewhere.",
    ("signature", "cannot"): "There is no certificate beside it, what was signed is kept elsewhere, or this browser "
    "cannot check this kind of key.",
    ("validity", "holds"): "The time that the log entry states lies within the certificate's validity. That the entry "
    "is genuine was not checked.",
    ("validity", "fails"): "The time that the log entry states lies outside the certificate's validity.",
    ("validity", "cannot"): "The log entry states no time that can be read.",
    ("chain", "not-checked"): "A page has no list of roots to compare with. Clients such as cosign and notation do.",
    ("log", "not-checked"): "The proof beside it was not compared with the log's key, and the log was not asked.",
    ("identity", "not-checked"): "Who may sign what is your policy; nothing here knows it.",
}
_WORDS: Mapping[CheckState, str] = {
    "holds": "yes",
    "fails": "no",
    "cannot": "cannot be checked here",
    "not-checked": "not checked",
}


def checks_list(found: tuple[Check, ...], level: str = "h3") -> Element:
    """All of them; without any that nothing was checked."""
    if not found:
        return el("p", None, not_checked("nothing of it was checked here"))
    return el(
        "div.section",
        None,
        el(level, None, "What was checked, and what was not"),
        el("ul.flow", None, [_check(one) for one in found]),
    )


def not_checked(word: str) -> Element:
    """The mark of what nobody looked at."""
    return el("span.outcome.outcome--skip", None, icon("info"), " ", word)


def _check(one: Check) -> Element:
    answer = _ANSWERS.get((one.name, one.state))
    return el(
        "li",
        None,
        el("p", None, el("b", None, _QUESTIONS[one.name]), " ", _mark(one.state)),
        el("p.muted.small", None, answer) if answer else None,
    )


def _mark(state: CheckState) -> Node:
    if state == "not-checked":
        return not_checked(_WORDS[state])
    return outcome({"holds": "ok", "fails": "bad", "cannot": "warn"}[state], _WORDS[state])  # type: ignore[arg-type]
