"""What the doctor says: a verdict in plain words, who has to change what, and what each probe asked and showed."""

from collections.abc import Mapping

from app.cors.verdict import TOKEN, cause_of

# For each verdict a title, what is wrong, and who has to do what next. {the} and {The}: the registry or the token
# service; {host}: its name; {page}: where this page comes from.
_VERDICTS: Mapping[str, tuple[str, str, str]] = {
    "ok": (
        "This page can read the registry.",
        "Everything that was asked of {host} came back in a way that the browser shows to this page.",
        "Nothing has to change.",
    ),
    "url-has-credentials": (
        "There is a user name or password in the address.",
        "Browsers fetch no address with “user:password@” in it, and such an address is easily passed on by mistake.",
        "Use the address without it, and sign in when Portolan asks.",
    ),
    "mixed-content": (
        "A page that came by https may not ask for plain http.",
        "{page} came by https and {host} is asked by http, so the browser stops the request before it leaves.",
        "Serve {the} by https. Or open a Portolan that itself came by http, from the same network.",
    ),
    "offline": (
        "This browser is offline.",
        "It knows of no network, so nothing was learnt of {host}.",
        "Connect, then run the examination again.",
    ),
    "blocked-by-page-csp": (
        "This copy of Portolan may not contact that host.",
        (
            "The page's own Content-Security-Policy lists whom it may ask, and {host} is not in the list. "
            "The request never left the browser."
        ),
        (
            "Whoever hosts this copy has to add the host to its registries, realms or storage in pyscript.toml, or to "
            "connect-src. {The} needs no change for this."
        ),
    ),
    "local-network-denied": (
        "The browser keeps this page out of your own network.",
        "{host} is on this machine or in a private network, and the browser does not let {page} reach it.",
        (
            "Allow it in the browser's settings for this site (“local network access”); a page that came by plain http "
            "cannot be allowed, so open Portolan by https or from the same network. {The} needs no change for this."
        ),
    ),
    "local-network-pending": (
        "The browser may be waiting for your permission.",
        (
            "{host} is in a private network. Browsers ask before a page of the web may reach one, and no answer came "
            "while that question may have been open."
        ),
        "Answer the browser's question near the address bar, then run the examination again.",
    ),
    "no-usable-allow-origin": (
        "{The} is up, but it does not let this page read its answers.",
        (
            "Something at {host} replies. Its answer lacks the header that allows {page} to read it, or has it "
            "in a form "
            "that counts for nothing, so the browser withholds the answer. Docker and other command-line tools read it."
        ),
        "{The}, or a proxy in front of it, has to be changed; nothing on this page can work around it.",
    ),
    "cors-only-on-success": (
        "Pages may read what {the} grants, but not its refusals.",
        (
            "{host} sends its CORS headers with successful answers alone. Errors lack them: the 401 that begins every "
            "sign-in, the 404 for what is not there. So the browser hides them, and they look like a broken connection."
        ),
        "The proxy in front of {the} has to send its CORS headers with every status, errors included.",
    ),
    "redirect-target-without-cors": (
        "{The} sends the page on to a place that does not let it read.",
        (
            "{host} answers with a redirect, and where that leads no header allows this page. After a redirect "
            "to another "
            "origin browsers send “Origin: null”, so there only “*” will do."
        ),
        "Whoever runs the place that the redirect leads to has to allow any origin. Or use its address here.",
    ),
    "timeout": (
        "Nothing came back in time.",
        "{host} neither answered nor refused within the seconds that were given to it.",
        (
            "Find out whether the host is up and whether something between you and it drops connections. CORS "
            "headers are "
            "not what is missing here, as far as a page can tell."
        ),
    ),
    "wrong-scheme-or-tls": (
        "It answers by the other of http and https.",
        "As the address was written nothing came of it; with the other scheme something at {host} answered.",
        "Use the scheme that answers. If it should be https, {the} has to get a certificate that browsers trust.",
    ),
    "unreachable": (
        "No connection to {the} came about.",
        (
            "Nothing at {host} answered, not even hidden from this page: the name may be unknown, the port closed, the "
            "certificate not trusted, or the answer forbidden to other sites. A page is not told which."
        ),
        (
            "Open the address in a tab of its own, or run the command below: its words name the cause. "
            "Most causes have nothing to do with CORS."
        ),
    ),
    "challenge-not-exposed": (
        "{The} asks for a sign-in, and this page cannot see how.",
        "The 401 of {host} can be read, but not its WWW-Authenticate header, which says where and how to sign in.",
        "{The}, or a proxy in front of it, has to send “Access-Control-Expose-Headers: WWW-Authenticate” with the 401.",
    ),
    "preflight-refused": (
        "{The} refuses the question that browsers ask before a signed-in request.",
        (
            "Before a page may send Authorization, the browser asks by an OPTIONS request without credentials, a "
            "preflight. "
            "{host} does not answer it as it must, often because it wants a sign-in for that too. "
            "So what is open to everybody works, and signing in never does."
        ),
        (
            "A proxy in front of {the} has to answer OPTIONS itself, with 204 and the CORS headers, before any "
            "sign-in is "
            "checked."
        ),
    ),
    "allow-headers-missing": (
        "{The} names no header that a page may send.",
        (
            "{host} answers the browser's preflight, but with no Access-Control-Allow-Headers that is of use. So "
            "neither "
            "signing in nor asking for every kind of manifest works."
        ),
        "Its answer to OPTIONS needs “Access-Control-Allow-Headers: Authorization, Accept, Range”.",
    ),
    "allow-headers-lacks-authorization": (
        "A page may not send Authorization to {the}.",
        (
            "{host} answers the browser's preflight, but its Access-Control-Allow-Headers does not name Authorization; "
            "“*” does not cover it. So nobody can sign in from a page."
        ),
        "Authorization has to be added by name to the Access-Control-Allow-Headers of {the}.",
    ),
    "allow-headers-lacks-accept": (
        "A page may not send a long Accept header to {the}.",
        (
            "To be given a manifest as it was pushed, a page lists all the kinds it understands, and a list that long "
            "has to be allowed. {host} does not name Accept in its Access-Control-Allow-Headers."
        ),
        "Accept has to be added to the Access-Control-Allow-Headers of {the}.",
    ),
    "digest-not-exposed": (
        "{The} hides its digests from this page.",
        (
            "The answers of {host} can be read, but not their Docker-Content-Digest header. Portolan computes digests "
            "itself; it cannot compare them with what {the} says, nor look one up without reading the whole manifest."
        ),
        "{The}, or a proxy in front of it, has to name Docker-Content-Digest in Access-Control-Expose-Headers.",
    ),
    "link-not-exposed": (
        "{The} hides from this page that a list goes on.",
        (
            "Long lists come in parts, and the Link header says where the next part is. {host} does not let this "
            "page see "
            "it, so a list that is cut looks complete."
        ),
        "{The}, or a proxy in front of it, has to name Link in Access-Control-Expose-Headers.",
    ),
    "blob-endpoint-without-cors": (
        "Manifests can be read, but blobs cannot.",
        "{host} sends its CORS headers with manifests and lists, not with blobs: configs and layers stay hidden.",
        "{The}, or a proxy in front of it, has to send the same headers under /blobs/ too.",
    ),
    "blob-redirect-without-cors": (
        "Blobs come from a storage that does not let this page read them.",
        (
            "{host} redirects blobs to its storage, another origin, and that one sends no usable header. After such a "
            "redirect browsers send “Origin: null”, so it has to allow “*”: naming {page} there is not enough."
        ),
        (
            "Whoever runs the storage has to allow any origin for GET and HEAD. Or {the} sends blobs itself "
            "(in distribution: storage.redirect.disable)."
        ),
    ),
    "blob-storage-unreachable": (
        "Blobs come from a storage that cannot be reached.",
        "{host} redirects blobs to its storage, and no connection to that came about.",
        "Whoever runs {the} knows where its redirects lead. The command below shows it, and why it fails.",
    ),
}

_OF_TOKENS: Mapping[str, tuple[str, str, str]] = {
    "url-has-credentials": (
        "There is a user name or password in the realm that the registry names.",
        "Browsers fetch no address with “user:password@” in it.",
        "Whoever runs the registry has to take them out of the realm.",
    ),
    "mixed-content": (
        "The registry sends a page that came by https to a token service of plain http.",
        "The browser stops the request to {host} before it leaves.",
        "Whoever runs the registry has to name a realm that starts with https://.",
    ),
    "unreachable": (
        "No connection to the token service came about.",
        "The registry sends everybody who signs in to {host}, and nothing there answered this browser.",
        (
            "The realm may be a name that is known on the registry's own network alone: whoever runs the "
            "registry has to "
            "name one that browsers reach. The command below tells more."
        ),
    ),
}


def verdict_title(name: str) -> str:
    """The verdict in one sentence."""
    return _fill(_words(name)[0], name)


def verdict_text(name: str, host: str = "", page: str = "") -> tuple[str, str]:
    """What is wrong, and who has to do what. `host`: whose answer it is about; `page`: the origin of this page."""
    _, what, who = _words(name)
    return _fill(what, name, host, page), _fill(who, name, host, page)


def _words(name: str) -> tuple[str, str, str]:
    cause = cause_of(name)
    if name.startswith(TOKEN) and cause in _OF_TOKENS:
        return _OF_TOKENS[cause]
    return _VERDICTS[cause]


def _fill(text: str, name: str, host: str = "", page: str = "") -> str:
    the = "the token service" if name.startswith(TOKEN) else "the registry"
    return text.format(the=the, The=the.capitalize(), host=host or the, page=page or "this page")
