"""Why a realm is asked about or refused, in sentences. The codes are those of app/auth/realm.py."""

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "other-origin": "The token server is on another origin than the registry, and they are no pair that is known.",
    "private-host": "The token server is on a private network, and the registry is not on that host.",
    "missing": "The realm is empty.",
    "too-long": "The realm is longer than any address.",
    "characters": "The realm holds characters that two programs would read differently.",
    "relative": "The realm is no whole address.",
    "user-info": "The realm holds a user name or a password.",
    "address": "The realm is no address that can be read.",
    "downgrade": "The realm is on plain http, and the registry is on https: the password would go unencrypted.",
    "link-local": "The realm is a link-local address, where clouds keep the secrets of their machines.",
    "no realm": "A Bearer challenge names no realm.",
    "unknown scheme": "None of the schemes is known.",
}


def realm_words(reason: str) -> str:
    """The sentence for a reason; one that is not known stands for itself."""
    return _WORDS.get(reason, reason)
