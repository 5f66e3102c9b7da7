"""One referrer in the tree: what it is, where it was found, and what is in it when a person opens it."""

from collections.abc import Mapping, Sequence

from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.oci.media_type import essence
from app.state.model import AppState
from app.state.referrers_desk import about
from app.state.referrers_model import Chosen, Opened, OpenedPart, ReferrersPage
from app.trust.referrer import Place, Referrer
from app.view import links
from app.view.components import arguments, badge, button_link, command, digest_link, icon, moment, notice, skeleton
from app.view.format import plural, size
from app.view.json_view import Target
from app.view.markup import Element, Node, data_id, el, foreign
from app.view.media import gloss
from app.view.sbom_view import Packages
from app.view.signature_view import decoded_view, what

PLACES: Mapping[Place, str] = {
    "api": "referrers API",
    "tag": "referrers tag",
    "cosign-sig": "cosign's tag .sig",
    "cosign-att": "cosign's tag .att",
    "cosign-sbom": "cosign's tag .sbom",
    "buildkit": "BuildKit's entry in the index",
}
MOST = 100
"""Referrers of one manifest that are shown."""

_CREATED = "org.opencontainers.image.created"


def nodes(state: AppState, page: ReferrersPage, found: Sequence[Referrer], above: Digest) -> list[Element]:
    """What refers to one manifest, cut with a count."""
    shown = [node(state, page, one, above) for one in found[:MOST]]
    more = len(found) - len(shown)
    if more > 0:
        shown.append(el("li.muted.small", None, f"and {plural(more, 'more', 'more')}: choose a type to see fewer"))
    return shown


def node(state: AppState, page: ReferrersPage, one: Referrer, above: Digest) -> Element:
    """It, and below it what refers to it. `above`: what it stands under."""
    descriptor = one.descriptor
    subject = about(one, above)
    opened = page.open_at(subject, descriptor.digest)
    said = descriptor.artifact_type or descriptor.media_type
    name = data_id("opened", f"{subject} {descriptor.digest}")
    button = command(
        "referrers-open",
        icon("chev", "caret"),
        " Close" if opened is not None else " Open",
        el("span.vh", None, f" {kind(one)} {descriptor.digest.short}"),
        args=arguments(digest=str(descriptor.digest), subject=subject),
        kind="btn btn--quiet",
        aria_expanded="true" if opened is not None else "false",
    )
    return el(
        "li",
        None,
        el(
            "div.tree-node",
            None,
            el(
                "div",
                None,
                badge(kind(one)),
                el("span.mono.small", None, foreign(said)),
                digest_link(descriptor.digest, links.content(state.route, descriptor)),
                _facts(state, one),
            ),
            el("span.muted.small", None, icon("ring"), " it stands above itself: not followed again")
            if one.loop
            else button,
        ),
        _opened(state, page, opened, name) if opened is not None and not one.loop else None,
        el("ul", None, nodes(state, page, one.children, descriptor.digest)) if one.children else None,
    )


def kind(one: Referrer) -> str:
    """What it is, by its type, else by the place where it was found."""
    found = kind_of_descriptor(one.descriptor)
    if found in ("artifact", "image"):
        by_place = {"cosign-sig": "signature", "cosign-att": "attestation", "cosign-sbom": "sbom"}
        if "buildkit" in one.places:
            return "attestation"
        return next((by_place[place] for place in one.places if place in by_place), found)
    return found


def kind_of_descriptor(descriptor: Descriptor) -> str:
    """The kind by the artifact type; distribution-spec, "Listing Referrers": a descriptor there carries its manifest's
    artifact type and annotations."""
    return kind_of(Manifest(descriptor.media_type, 2, descriptor.artifact_type, None, (), None, descriptor.annotations))


def _facts(state: AppState, one: Referrer) -> Element:
    created = one.descriptor.annotations.get(_CREATED)
    places = [PLACES[place] for place in one.places]
    found: list[Node] = [size(one.descriptor.size)]
    if created is not None:
        found += [" · ", moment(created)]
    if one.platform is not None:
        found += [" · about ", foreign(one.platform)]
    found += [" · found by ", ", ".join(places)]
    if one.tag is not None:
        found += [" ", el("a", {"href": links.tag(state.route, one.tag), "title": one.tag}, "(the tag)")]
    return el("span.muted.small", None, found)


def _opened(state: AppState, page: ReferrersPage, opened: Opened, name: str) -> Element:
    inside: Node
    if opened.problem is not None:
        inside = _problem("It could not be read", opened.problem)
    elif opened.parts is None:
        inside = el("p", {"role": "status"}, skeleton("It is being read"))
    elif not opened.parts:
        inside = el("p.muted", None, "There is nothing in it beside its manifest.")
    else:
        inside = [_part(state, page, part, len(opened.parts) > 1) for part in opened.parts]
    left = f"{plural(opened.left_out, 'more blob')} in it not looked into" if opened.left_out else None
    return el("div.card.card-body.stack", {"id": name}, inside, el("p.muted.small", None, left) if left else None)


def _part(state: AppState, page: ReferrersPage, part: OpenedPart, several: bool) -> Element:
    descriptor = part.descriptor
    href = links.blob(state.route, descriptor.digest, descriptor.media_type, descriptor.size)
    heading = what(part.decoded) if part.decoded is not None else gloss(descriptor.media_type) or "Blob"
    head = el(
        "div.section-head",
        None,
        el("h3", None, heading),
        el(
            "div.row",
            None,
            el("span.mono.small.muted", None, foreign(essence(descriptor.media_type))),
            digest_link(descriptor.digest, href, "blob digest"),
            button_link(href, "As JSON or bytes", kind="btn btn--quiet"),
        ),
    )
    inside: Node
    if part.problem is not None:
        inside = _problem("What is in it cannot be read", part.problem)
    elif part.decoded is None:
        large = "It is large or an archive: open it on its own page."
        other = "It is of no kind that is decoded here: its own page shows its bytes."
        inside = el("p.muted", None, large if _is_large(part) else other)
    else:
        chosen = page.chosen.get(part.key, Chosen())
        packages = Packages(chosen.search, chosen.shown, part.key)
        inside = decoded_view(part.decoded, part.checks, target=_target(state), packages=packages, level="h4")
    return el("section.section.ruled" if several else "section.section", None, head, inside)


def _is_large(part: OpenedPart) -> bool:
    from app.oci.media_type import layer_compression
    from app.trust.encoded import LONGEST

    return part.descriptor.size > LONGEST or layer_compression(part.descriptor.media_type) is not None


def _problem(title: str, error: Exception) -> Element:
    from app.oci.document import InvalidDocument
    from app.view.problem import brief

    said = str(error) if isinstance(error, InvalidDocument) else brief(error)
    return notice("danger", title, el("p", None, foreign(said), "."), level="h4")


def _target(state: AppState) -> Target:
    def target(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
        # Subjects of signatures are manifests.
        if media_type is None or links.is_manifest(media_type):
            return links.manifest(state.route, digest)
        return links.blob(state.route, digest, media_type, octets)

    return target
