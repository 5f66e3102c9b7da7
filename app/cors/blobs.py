"""Step 6: does a blob arrive, and if not, is it the registry that hides it, or the storage it redirects to?"""

from app.cors.asking import Asking
from app.cors.local_network import LocalNetwork
from app.cors.notes import Asked
from app.ports.probing import Sight

# The storage may be down as well, where that could not be looked for.
_UNSEEN = ("refused", "dns", "tls")


def _redirect_meaning(sight: Sight) -> str:
    return "redirected" if sight.outcome == "redirect" else "not-redirected"


async def examine_blob(asking: Asking, network: LocalNetwork, url: str) -> None:
    """Ask for the blob at `url`; what goes wrong with it goes into the diagnosis."""
    notes = asking.notes
    followed = await asking.get("blob", url, target="blob")
    if followed is None or followed.sight.readable or notes.forbidden(asking.place, followed, url):
        return
    if network.turned_denied(await notes.prober.permissions()):
        asking.rule("local-network-denied", url, (followed,))
        return
    manual = await asking.get("blob-redirect", url, redirect="manual", target="blob", meaning=_redirect_meaning)
    if manual is None or manual.sight.readable:
        return  # nothing is certain, or it arrives after all
    if manual.sight.outcome == "redirect":
        await _storage(asking, url, followed, manual)
        return
    reach = await asking.reaches(url, "blob", "blob-reach")
    seen = (followed, manual) if reach is None else (followed, manual, reach)
    if all(one.sight.outcome == "timeout" for one in seen):
        asking.rule("timeout", url, seen)
    else:
        # Be it 200, an error or a redirect: the registry's own answer cannot be read.
        asking.rule("blob-endpoint-without-cors", url, seen)


async def _storage(asking: Asking, url: str, followed: Asked, manual: Asked) -> None:
    if not asking.anonymous:
        # Without credentials the registry does not redirect, with them there is no way around CORS: whether the storage
        # answers at all cannot be seen. One that hangs is told by the time.
        hangs = followed.sight.outcome == "timeout"
        name = "blob-storage-unreachable" if hangs else "blob-redirect-without-cors"
        asking.rule(name, url, (followed, manual), *(("filtered", "hung") if hangs else _UNSEEN))
        return
    reach = await asking.reaches(url, "blob", "blob-reach")
    if reach is None:
        asking.rule("blob-redirect-without-cors", url, (followed, manual), *_UNSEEN)
    elif reach.sight.outcome == "opaque":
        asking.rule("blob-redirect-without-cors", url, (followed, manual, reach))
    else:
        more = ("filtered", "hung") if reach.sight.outcome == "timeout" else ()
        asking.rule("blob-storage-unreachable", url, (followed, manual, reach), *more)
