"""The SOCI index beside an image: when it is asked for, where it is found, and what becomes of a useless one."""

import json
import zlib
from typing import Any

import pytest

from app.auth.identity import RegistryAuth
from app.client.endpoints import referrers_url
from app.client.registry import RegistryClient
from app.client.session import Session
from app.layers.soci import INDEX_DIGEST, LAYER_DIGEST, SOCI_INDEX, SOCI_INDEX_V2
from app.oci.digest import digest_of, parse_digest
from app.ports.transport import Request
from app.state import files_reading, files_soci
from app.state.files_layers import Image
from app.state.files_model import FilesPage
from app.state.files_soci import SociIndexes
from tests.unit.fake_transport import FakeClock, FakeResponse
from tests.unit.layers.flatbuffer_kit import Field, checkpoints, table
from tests.unit.layers.layer_kit import noise, read_tar, tar_of
from tests.unit.state.fake_content import HOME, REGISTRY, REPOSITORY
from tests.unit.state.fake_files import FILES, LAYER_TYPE, MANIFEST_TYPE, Registry, opened, see
from tests.unit.state.fake_page import Tab

SPAN = 100_000
MEMBERS = (("chart", noise("chart", 3 * SPAN)), ("motd", b"Fair winds.\n"))
CHALLENGE = (("WWW-Authenticate", 'Basic realm="harbour"'),)
INDEX_TYPE = "application/vnd.oci.image.index.v1+json"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_reading, "SMALL", 1000)


class Beside(Registry):
    """An image of one layer, and the ztoc of that layer in a SOCI index. `named`: where the image says so.

    `told`: the size that the index says the ztoc has, 0 for what it has.
    """

    def __init__(
        self, named: str = "", damaged: bool = False, algorithm: int = 1, told: int = 0, **fields: Any
    ) -> None:
        super().__init__(**fields)
        raw = tar_of(*MEMBERS)
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        blob, points = b"", [(10, 0, 0, b"")]
        for at in range(0, len(raw), SPAN):
            if at:
                points.append((len(blob), at, 0, raw[at - 32768 : at]))
            blob += packer.compress(raw[at : at + SPAN]) + packer.flush(zlib.Z_SYNC_FLUSH)
        found = self.layer(*MEMBERS, data=blob + packer.flush())
        self.whole: str = found["digest"]
        members: list[Field] = [
            {0: one.path.encode(), 1: b"reg", 2: (one.offset, 8), 3: (one.size, 8)} for one in read_tar(raw).entries
        ]
        ztoc_data = table({3: (len(raw), 8), 4: {0: members}, 5: {0: (algorithm, 1), 3: checkpoints(points)}}, 14)
        ztoc_data = b"\xff" * 64 if damaged else ztoc_data
        self.ztoc = str(digest_of(ztoc_data))
        self.blobs[self.ztoc] = ztoc_data
        notes = {LAYER_DIGEST: self.whole}
        ztoc = {"mediaType": "application/octet-stream", "digest": self.ztoc, "size": told or len(ztoc_data)}
        kind = SOCI_INDEX_V2 if named else SOCI_INDEX
        config = {"mediaType": kind, "digest": str(digest_of(b"{}")), "size": 2}
        index = {
            "schemaVersion": 2,
            "mediaType": MANIFEST_TYPE,
            "config": config,
            "layers": [ztoc | {"annotations": notes}],
        }
        self.index = self.manifest(index, tag="soci")
        self.image(found)
        document = json.loads(self.manifests["1"][1])
        if named == "manifest":
            document["annotations"] = {INDEX_DIGEST: self.index}
        self.subject = self.manifest(document)
        if named == "entry":
            entry = {"mediaType": MANIFEST_TYPE, "digest": self.subject, "size": len(self.manifests["1"][1])}
            entry["annotations"] = {INDEX_DIGEST: self.index}
            self.manifest({"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": [entry]})
        self.lists = not named
        self.hidden = 0
        self.closed = False

    def answer(self, request: Request) -> FakeResponse:
        if request.url == referrers_url(REGISTRY, REPOSITORY, parse_digest(self.subject), SOCI_INDEX):
            if self.hidden:
                return FakeResponse(self.hidden, b"", CHALLENGE)
            one = {"mediaType": MANIFEST_TYPE, "digest": self.index, "size": 1, "artifactType": SOCI_INDEX}
            listed = {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": [one] if self.lists else []}
            return FakeResponse(200, json.dumps(listed).encode(), (("Content-Type", INDEX_TYPE),))
        if self.closed and request.url.endswith(self.index):
            return FakeResponse(401, b"", CHALLENGE)
        return super().answer(request)

    def whole_asked(self) -> list[str | None]:
        """The ranges of the requests for the layer."""
        return [part for digest, part in self.asked() if digest == self.whole]

    def referrers_asked(self) -> int:
        return sum("/referrers/" in one.url for one in self.transport.requests)


@pytest.mark.parametrize("named", ["", "manifest", "entry"])
def test_the_tree_comes_from_the_index_beside_the_image_and_not_from_the_layer(named: str) -> None:
    registry = Beside(named)
    page = opened(registry, FILES)
    assert [(one.source, one.toc, one.digest, one.phase) for one in page.layers] == [
        ("soci", "ok", "unfinished", "complete")
    ]
    assert [line.path for line in page.lines] == ["chart", "motd"]
    assert None not in registry.whole_asked()
    assert registry.referrers_asked() == (0 if named else 1)


def test_a_file_comes_from_the_nearest_place_to_enter() -> None:
    registry = Beside()
    page = opened(registry, f"{FILES}/motd")
    assert page.file is not None
    assert page.file.content is not None
    assert page.file.content.data == b"Fair winds.\n"
    footer, part = registry.whole_asked()
    assert footer is not None
    assert part is not None
    assert int(part.removeprefix("bytes=").removesuffix("-")) > 2 * SPAN


def test_a_layer_of_a_known_manifest_has_its_index_too() -> None:
    registry = Beside()
    page = opened(registry, f"{HOME}/{REPOSITORY}:1/-/layer/{registry.whole}")
    assert [one.source for one in page.layers] == ["soci"]


def test_of_a_blob_alone_nobody_asks_for_an_index() -> None:
    registry = Beside()
    size = len(registry.blobs[registry.whole])
    page = opened(registry, f"{HOME}/{REPOSITORY}/-/layer/{registry.whole}?type={LAYER_TYPE}&size={size}")
    assert [one.source for one in page.layers] == ["layer"]
    assert registry.referrers_asked() == 0


def test_of_a_small_layer_nobody_asks_for_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_reading, "SMALL", 4 << 20)
    registry = Beside()
    assert [one.source for one in opened(registry, FILES).layers] == ["layer"]
    assert registry.referrers_asked() == 0


def test_where_ranges_are_ignored_nobody_asks_for_an_index() -> None:
    registry = Beside(ranges=False)
    assert [one.source for one in opened(registry, FILES).layers] == ["layer"]
    assert registry.referrers_asked() == 0


@pytest.mark.parametrize("status", [401, 404, 500])
def test_without_an_answer_the_layer_is_read_and_nothing_is_said(status: int) -> None:
    registry = Beside()
    registry.hidden = status

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        page = tab.shown(FilesPage)
        assert [(one.source, one.digest, one.failure) for one in page.layers] == [("layer", "ok", None)]
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


def test_an_image_is_asked_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_reading, "LARGE", 10)
    registry = Beside()
    registry.lists = False

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        await tab.go(f"{FILES}?layer=1")
        assert [one.phase for one in tab.shown(FilesPage).layers] == ["asked"]

    see(registry, scene)
    assert registry.referrers_asked() == 1


def test_a_sign_in_that_the_index_needs_is_asked_for() -> None:
    registry = Beside()
    registry.closed = True

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        assert tab.facts()[:2] == ("files", "login")

    see(registry, scene)


@pytest.mark.parametrize("wrong", [{"damaged": True}, {"algorithm": 2}])
def test_a_ztoc_that_is_damaged_or_of_another_compression_is_passed_over(wrong: dict[str, Any]) -> None:
    registry = Beside(**wrong)
    page = opened(registry, FILES)
    assert [(one.source, one.digest, one.problems) for one in page.layers] == [("layer", "ok", ())]
    assert registry.ztoc in [digest for digest, _ in registry.asked()]


def test_a_ztoc_that_is_not_what_its_digest_says_is_passed_over() -> None:
    registry = Beside()
    registry.blobs[registry.ztoc] += b"more"
    assert [(one.source, one.digest) for one in opened(registry, FILES).layers] == [("layer", "ok")]


def test_a_ztoc_as_large_as_its_layer_is_not_asked_for() -> None:
    registry = Beside(told=len(Beside().blobs[Beside().whole]))
    assert [one.source for one in opened(registry, FILES).layers] == ["layer"]
    assert registry.ztoc not in [digest for digest, _ in registry.asked()]


def test_a_ztoc_over_the_limit_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_soci, "ZTOC_LIMIT", 1000)
    registry = Beside()
    assert [one.source for one in opened(registry, FILES).layers] == ["layer"]
    assert registry.ztoc not in [digest for digest, _ in registry.asked()]


def test_only_the_images_seen_last_are_remembered() -> None:
    client = RegistryClient(Session(REGISTRY, Registry().transport, FakeClock(), RegistryAuth(REGISTRY)))
    known = SociIndexes()
    images = [Image((), manifest=digest_of(b"%d" % number)) for number in range(20)]
    found = [known.of(client, REPOSITORY, one) for one in images]
    assert known.of(client, REPOSITORY, images[-1]) is found[-1]
    assert known.of(client, REPOSITORY, images[0]) is not found[0]
    assert known.of(client, REPOSITORY, Image(())) is None
    known.forget()
    assert known.of(client, REPOSITORY, images[-1]) is not found[-1]
