"""Why nothing readable came back: a page cannot see the reason, so it lists the usual ones."""

from app.client.errors import Unreachable
from app.oci.origin import OriginError, is_loopback, origin_of
from app.view.explanation import Explanation, Scene


def silent_reasons(
    plain_http: bool, what: str = "registry", loopback: bool = False, cors: bool = True
) -> tuple[str, ...]:
    """The reasons for silence, the usual one first. `cors`: as in Scene."""
    hidden = (
        f"The {what} sends no CORS headers, and the browser hides its answer: likely where other tools get through."
    )
    return (
        *((hidden,) if cors else ()),
        "Nothing listens at that address."
        if loopback
        else "The host is down, or its name is not known on your network.",
        *(
            (f"The {what} speaks plain http: where this page came by https, the browser stops such requests.",)
            if plain_http and not loopback and cors
            else ()
        ),
        *(() if plain_http else ("Its certificate is not trusted by this browser, or it speaks plain http alone.",)),
    )


def _storage(scene: Scene) -> tuple[str, ...]:
    # Hosted registries keep blobs elsewhere, and answer with a redirect there.
    if scene.place not in ("blob", "config") or not scene.cors:
        return ()
    return ("The registry sends blobs from another host, its storage, and that one sends no CORS headers.",)


def unreachable(error: Unreachable, scene: Scene) -> Explanation:
    """The words for an answer that never came, or not to its end."""
    request = f"{error.method} {error.url}"
    if error.reason == "truncated":
        return Explanation(
            "danger",
            f"The answer of {scene.registry} broke off",
            "The connection ended before all bytes had come. Nothing of it is shown.",
            request,
            None if error.status is None else str(error.status),
            (),
            ("The network was interrupted.", "A proxy in between limits the time or the size of an answer."),
            None,
            ("retry",),
        )
    try:
        origin = origin_of(error.url)
        plain, loopback = origin.scheme == "http", is_loopback(origin.host)
    except OriginError:
        plain = loopback = False
    what = (
        "The request left this tab and nothing came back in time."
        if error.reason == "timeout"
        else "The request left this tab and nothing readable came back."
    )
    return Explanation(
        "danger",
        f"No answer from {scene.registry}",
        f"{what} A page cannot see why.",
        request,
        None,
        (),
        (*silent_reasons(plain, loopback=loopback, cors=scene.cors), *_storage(scene)),
        "Opening the registry's address in a tab of its own shows whether it is up and what the browser says of its "
        "certificate."
        + (" An answer such as 401 or {} there means that only the CORS headers are missing." if scene.cors else ""),
        ("retry", "address"),
    )
