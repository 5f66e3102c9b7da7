"""Whether a token's signature was checked, by which key, and exactly what that proves."""

from collections.abc import Mapping

from app.auth.inspection import Inspection
from app.auth.signature import Verification
from app.view.components import hidden, icon, outcome, pairs
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.outcome_words import Tone

_OUTCOMES: Mapping[str, tuple[Tone, str]] = {
    "matches-embedded-key": ("ok", "The signature fits the key in the token's own header."),
    "matches-embedded-certificate": ("ok", "The signature fits the certificate in the token's own header."),
    "matches-pasted-key": ("ok", "The signature fits the key that you pasted."),
    "does-not-match": ("bad", "The signature does not fit the key."),
    "no-key": ("warn", "There is no key to check by: the token carries none, and none was pasted."),
    "bad-key": ("bad", "The key cannot be used."),
    "wrong-key-type": ("bad", "The key is of another type than the token's algorithm needs."),
    "unsupported-algorithm": ("warn", "The token's algorithm is none that can be checked here."),
    "symmetric": (
        "warn",
        "The token is signed by a shared secret (HS…). Checking it needs that secret: do not paste it.",
    ),
    "unsigned": ("bad", "The token is not signed at all (alg none). Anybody can write such a one."),
    "critical-extension": (
        "warn",
        "The token says that a reader must understand something (crit) that is not known here.",
    ),
    "cannot-check": ("warn", "This browser cannot check this algorithm, or the page came over plain HTTP."),
    "not-a-token": ("bad", "It is not a JWT, so there is no signature to check."),
}
_PROVES: Mapping[str, str] = {
    "nothing": "Nothing.",
    "self-consistent": "The token is whole: nobody changed it since the holder of the key that it carries made it.",
    "signed-by-that-key": "The holder of the private half of the pasted key made it, and nobody changed it since.",
}
_NOT: Mapping[str, str] = {
    "nothing": "It does not prove that the registry refuses the token either: it may know another key.",
    "self-consistent": "It does not prove who that is: anyone can make a key and put it into a token. Nor does it "
    "prove that the registry trusts the key, that the token is not revoked, or that it has not expired.",
    "signed-by-that-key": "It does not prove that the registry trusts that key, that the token is not revoked, or that "
    "it has not expired. Whose key it is you know from where you got it.",
}
_PROBLEMS: Mapping[str, str] = {
    "empty": "Nothing was pasted.",
    "too-long": "It is too long for a key.",
    "not-a-key": "It is no key that is known: PEM, JWK and JWKS are.",
    "private-key": "It is a private key. Nobody should paste one anywhere; it was forgotten at once.",
    "symmetric": "It is a shared secret. Nobody should paste one anywhere; it was forgotten at once.",
    "base64": "Its base64 is damaged.",
    "der": "Its DER is damaged.",
    "key-type": "It is of a type that no token is signed by: RSA, EC and Ed25519 are known.",
    "member": "A part of the JWK is missing or damaged.",
    "not-an-object": "The JWK is not a JSON object.",
    "no-keys": "The JWKS holds no key.",
}
_SOURCES: Mapping[str, str] = {
    "jwk": "the key in the token's header (jwk)",
    "x5c": "the certificate in the token's header (x5c)",
    "pasted": "the key that you pasted",
}


def outcome_sentence(code: str) -> str:
    """What checking gave."""
    return _OUTCOMES.get(code, ("warn", f"It could not be checked ({code})."))[1]


def problem_words(code: str) -> str:
    """What is the matter with a key."""
    return _PROBLEMS.get(code, f"It cannot be used ({code}).")


def verification(found: Inspection, checked: Verification | None, checking: bool) -> Element:
    """The card: the result, and the form for a key."""
    return el(
        "section.section",
        {"aria-labelledby": "signature"},
        el("h3", {"id": "signature"}, "Signature"),
        el(
            "div.card",
            None,
            el(
                "div.card-body.flow",
                {"role": "status"},
                _result(checked) if checked is not None else el("p", None, outcome("warn", "not checked yet")),
            ),
            _form(found, checking),
        ),
    )


def _result(checked: Verification) -> Node:
    tone, sentence = _OUTCOMES.get(checked.outcome, ("warn", outcome_sentence(checked.outcome)))
    entries: list[tuple[Node, Node]] = []
    if checked.algorithm is not None:
        entries.append(("Algorithm", el("code", None, foreign(checked.algorithm))))
    if checked.source is not None:
        entries.append(("Checked by", _SOURCES.get(checked.source, hostile(checked.source))))
    if checked.key_name is not None:
        entries.append(("Key", el("code", None, foreign(checked.key_name))))
    if checked.named is not None:
        named = "names this key" if checked.named else "names another key, or the same one differently"
        entries.append(("The token's kid", named))
    if checked.problem is not None:
        entries.append(("The key", problem_words(checked.problem)))
    entries.append(("It proves", _PROVES.get(checked.proves, "Nothing.")))
    entries.append(("It does not", _NOT.get(checked.proves, _NOT["nothing"])))
    return (el("p", None, outcome(tone, sentence)), pairs(entries, "dl.kv.kv--wide"))


def _form(found: Inspection, checking: bool) -> Element:
    own = found.key_hint in ("jwk", "x5c")
    label = "Check by the pasted key" if not own else "Check"
    note = {
        "jwk": "The token carries a key (jwk). Leave the field empty to check by that one.",
        "x5c": "The token carries a certificate (x5c). Leave the field empty to check by its key.",
        "kid": "The token names its key (kid) and does not carry it: paste the public key of the token service.",
        "none": "The token carries no key: paste the public key of the token service.",
    }[found.key_hint]
    return el(
        "form.card-body.flow.ruled",
        {"data-form": "verify", "data-clear": True, "aria-label": "Check the signature"},
        el(
            "div.field",
            None,
            el("label", {"for": "key"}, "Public key", hidden(" to check the signature by")),
            el(
                "textarea.input.mono",
                {
                    "id": "key",
                    "name": "key",
                    "rows": 4,
                    "autocomplete": "off",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                    "aria-describedby": "key-note",
                },
            ),
            el("p.field-note", {"id": "key-note"}, f"PEM, JWK or JWKS. {note} Never a private key."),
        ),
        el(
            "p.row",
            None,
            el(
                "button.btn",
                {"type": "submit", "aria-busy": "true" if checking else None},
                (icon("spin", "spin"), "Checking…") if checking else label,
            ),
        ),
    )
