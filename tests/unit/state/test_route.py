import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.digest import Digest, digest_of
from app.oci.origin import Origin
from app.state.route import LANDING, Route, RouteError, at_home, parse_route

SHA = "sha256:" + "a" * 64
DIGEST = Digest("sha256", "a" * 64)
HUB = Origin("https", "docker.io", None)

hosts = st.sampled_from(
    [
        "ghcr.io",
        "registry",
        "localhost",
        "a.localhost",
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "2001:db8::1",
        "nas.local",
        "a_b",
    ]
)
ports = st.none() | st.integers(1, 65535).filter(lambda port: port not in (80, 443))
origins = st.builds(Origin, st.sampled_from(["http", "https"]), hosts, ports) | st.just(HUB)
components = st.from_regex(r"[a-z0-9]{1,5}((\.|_|__|-{1,2})[a-z0-9]{1,3})?", fullmatch=True)
repositories = st.lists(components, min_size=2, max_size=3).map("/".join)
tags = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,9}", fullmatch=True)
digests = st.sampled_from([DIGEST, digest_of(b"x", "sha512"), Digest("md5", "0" * 32)])
# File names in layers are bytes, and not always UTF-8.
tails = st.binary(max_size=12).map(lambda name: name.decode("utf-8", "surrogateescape"))
texts = tails | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
queries = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)


@st.composite
def routes(draw: st.DrawFn) -> Route:
    registry = draw(st.none() | origins)
    repository = draw(st.none() | repositories) if registry else None
    tag = draw(st.none() | tags) if repository else None
    digest = draw(st.none() | digests) if repository else None
    views = ["doctor", "transcript", "token", "use-cases", "where"]
    if registry is None:
        views = ["settings", "playground", "identities", "doctor", "transcript", "token"]
    if repository:
        views += ["blob", "layer"]
    if tag is not None or digest is not None:
        views += ["files", "raw", "referrers", "compare"]
    view = draw(st.none() | st.sampled_from(views))
    tail = draw(tails) if view else ""
    if view == "blob":
        tail = str(DIGEST)
    elif view == "layer":
        tail = f"{DIGEST}/{tail}" if tail else str(DIGEST)
    return Route(registry, repository, tag, digest, view, tail, draw(queries))


@given(routes())
def test_a_route_round_trips(route: Route) -> None:
    text = str(route)
    assert text.startswith("#/")
    assert text.isascii()
    assert parse_route(text) == route
    assert parse_route(text.removeprefix("#/")) == route


@given(routes())
def test_the_subject_alone_is_the_route_without_view_and_query(route: Route) -> None:
    assert parse_route(route.subject) == route._replace(view=None, tail="", query=())


@given(st.text(max_size=60) | st.text("#/-:@?&=%.aB[]0", max_size=40))
def test_any_text_is_a_canonical_route_or_a_route_error(text: str) -> None:
    try:
        route, position = parse_route(text), 0
    except RouteError as error:
        route, position = LANDING, error.position
    assert parse_route(str(route)) == route
    assert 0 <= position <= len(text)


CANONICAL = [
    ("", "#/"),
    ("#", "#/"),
    ("#/", "#/"),
    ("/", "#/"),
    # Docker Hub, by its short names and its three hosts
    ("redis", "#/docker.io/library/redis"),
    ("#/redis:7", "#/docker.io/library/redis:7"),
    ("redis:7.2-alpine", "#/docker.io/library/redis:7.2-alpine"),
    (f"redis@{SHA}", f"#/docker.io/library/redis@{SHA}"),
    ("bitnami/redis:7", "#/docker.io/bitnami/redis:7"),
    ("docker.io", "#/docker.io"),
    ("docker.io/redis", "#/docker.io/library/redis"),
    ("index.docker.io/redis", "#/docker.io/library/redis"),
    ("https://registry-1.docker.io/bitnami/redis", "#/docker.io/bitnami/redis"),
    ("registry:5000", "#/docker.io/library/registry:5000"),
    # hosts
    ("ghcr.io", "#/ghcr.io"),
    ("ghcr.io/", "#/ghcr.io"),
    ("GHCR.io/a/b:Tag", "#/ghcr.io/a/b:Tag"),
    ("localhost", "#/localhost"),
    ("localhost:5000", "#/localhost:5000"),
    ("localhost/a", "#/localhost/a"),
    ("127.0.0.1:5000/a", "#/127.0.0.1:5000/a"),
    ("[::1]:5000", "#/[::1]:5000"),
    ("[0:0::1]/a", "#/[::1]/a"),
    ("registry:5000/", "#/registry:5000/"),
    ("registry:5000/a", "#/registry:5000/a"),
    ("registry:5000/-/doctor", "#/registry:5000/-/doctor"),
    ("http://registry", "#/http://registry"),
    ("https://registry:5000", "#/registry:5000/"),
    ("Registry/a", "#/https://registry/a"),
    ("bücher.example/a", "#/xn--bcher-kva.example/a"),
    ("b%C3%BCcher.example/a", "#/xn--bcher-kva.example/a"),
    ("0x7f.1:5000/a", "#/127.0.0.1:5000/a"),
    # the scheme, only where it is not the host's own
    ("http://127.0.0.1:5000/a", "#/127.0.0.1:5000/a"),
    ("https://127.0.0.1:5000/a", "#/https://127.0.0.1:5000/a"),
    ("http://ghcr.io/a", "#/http://ghcr.io/a"),
    ("https://ghcr.io:443/a", "#/ghcr.io/a"),
    ("http://localhost:80/a", "#/localhost/a"),
    # names, tags, digests
    ("ghcr.io/a/b/", "#/ghcr.io/a/b"),
    (f"ghcr.io/a:1@{SHA}", f"#/ghcr.io/a:1@{SHA}"),
    ("ghcr.io/a%2Fb%3A1", "#/ghcr.io/a/b:1"),
    # views
    ("ghcr.io/-/doctor", "#/ghcr.io/-/doctor"),
    ("-/settings", "#/-/settings"),
    ("#/-/playground", "#/-/playground"),
    (f"ghcr.io/a/-/blob/{SHA}", f"#/ghcr.io/a/-/blob/{SHA}"),
    (f"ghcr.io/a/-/layer/{SHA}/", f"#/ghcr.io/a/-/layer/{SHA}"),
    (f"ghcr.io/a/-/layer/{SHA}/etc/-/x", f"#/ghcr.io/a/-/layer/{SHA}/etc/-/x"),
    ("ghcr.io/a:1/-/files/", "#/ghcr.io/a:1/-/files"),
    ("ghcr.io/a:1/-/files/a b/ü%FF%3F", "#/ghcr.io/a:1/-/files/a%20b/%C3%BC%FF%3F"),
    ("ghcr.io/a:1/-/compare/ghcr.io/a:2", "#/ghcr.io/a:1/-/compare/ghcr.io/a:2"),
    # queries
    ("?", "#/"),
    ("ghcr.io?filter=a+b&&sort=%3C&x", "#/ghcr.io?filter=a%2Bb&sort=%3C&x="),
    ("ghcr.io/a:1/-/files?q=/?", "#/ghcr.io/a:1/-/files?q=%2F%3F"),
]


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_every_route_has_one_canonical_form(text: str, canonical: str) -> None:
    assert str(parse_route(text)) == canonical
    assert str(parse_route(canonical)) == canonical


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("#main", 1),
        ("#/#/", 2),
        ("//a", 1),
        ("#/ghcr.io//a", 10),
        ("#/ghcr.io/Org/a", 10),
        ("ghcr.io/a:", 10),
        ("ghcr.io/a:b c", 11),
        ("ghcr.io/a@sha256:xyz", 17),
        ("ghcr.io/a@latest", 9),
        ("ghcr.io:port/a", 8),
        ("ghcr.io:0/a", 8),
        ("ghcr.io:70000/a", 8),
        ("ghcr.io%2Fa%3A", 14),
        ("ghcr.io%2FA/b", 10),
        ("ftp://ghcr.io/a", 0),
        ("[::1/a", 4),
        ("-/where", 2),
        ("ghcr.io/-/", 10),
        ("ghcr.io/-", 9),
        ("ghcr.io/-/raw", 10),
        ("ghcr.io/a/-/raw", 12),
        ("ghcr.io/a/-/nonsense", 12),
        ("ghcr.io/a/-/blob", 16),
        ("ghcr.io/a/-/blob/x", 18),
        ("ghcr.io/a/-/layer/sha256:0/etc", 26),
        ("ghcr.io/a:1/-/files/\ud800", 20),
        ("docker.io/" + "n" * 250, 260),
    ],
)
def test_what_is_no_route_is_refused_where_it_goes_wrong(text: str, position: int) -> None:
    with pytest.raises(RouteError) as caught:
        parse_route(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "text",
    [
        "user:secret@ghcr.io/a",
        "#/user:secret@ghcr.io/a",
        "#/https://user:secret@ghcr.io/a",
        "user:secret@registry:5000/a",
        "user:secret@ghcr.io",
        "user:sec/ret@ghcr.io/a",
        "user%3Asecret@ghcr.io/a",
        "secret@ghcr.io/-/doctor",
        "user:p@secret@ghcr.io/a",
    ],
)
def test_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(RouteError) as caught:
        parse_route(text)
    shown = f"{caught.value} {caught.value!r} {caught.value.text}"
    assert "secret" not in shown
    assert "ret@" not in shown
    assert "password" in caught.value.reason


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", "landing"),
        ("?q=1", "landing"),
        ("ghcr.io", "registry"),
        ("ghcr.io/a", "repository"),
        ("ghcr.io/a:1", "manifest"),
        (f"ghcr.io/a@{SHA}", "manifest"),
        (f"ghcr.io/a/-/blob/{SHA}", "blob"),
        ("ghcr.io/a:1/-/raw", "raw"),
        ("ghcr.io/-/doctor", "doctor"),
        ("-/settings", "settings"),
        ("-/identities", "identities"),
        ("-/transcript", "transcript"),
        ("-/token", "token"),
        ("ghcr.io/-/transcript", "transcript"),
        ("ghcr.io/-/token", "token"),
        ("ghcr.io/-/use-cases", "use-cases"),
    ],
)
def test_a_route_names_its_page(text: str, page: str) -> None:
    assert parse_route(text).page == page


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("", ""),
        ("-/settings?x=1", ""),
        ("redis:7?sort=a", "docker.io/library/redis:7"),
        ("ghcr.io/a:1/-/files/etc", "ghcr.io/a:1"),
        ("registry:5000/-/doctor", "registry:5000/"),
    ],
)
def test_the_subject_leaves_out_view_and_query(text: str, subject: str) -> None:
    assert parse_route(text).subject == subject


def test_a_layer_has_a_digest_and_a_path() -> None:
    route = parse_route(f"ghcr.io/a/-/layer/{SHA}/etc/a%20b")
    assert (route.blob, route.path) == (DIGEST, "etc/a b")


def test_files_have_a_path_and_no_digest() -> None:
    route = parse_route("ghcr.io/a:1/-/files/etc")
    assert (route.blob, route.path) == (None, "etc")


def test_a_route_leads_to_its_neighbours() -> None:
    route = parse_route(f"ghcr.io/a:1/-/layer/{SHA}?x=1")
    assert str(route.at_view("raw")) == "#/ghcr.io/a:1/-/raw"
    assert str(route.at_view(None)) == "#/ghcr.io/a:1"
    assert str(route.at_view("settings")) == "#/-/settings"
    assert str(route.at_view("identities")) == "#/-/identities"
    assert str(route.at_registry().at_view("transcript")) == "#/ghcr.io/-/transcript"
    assert str(LANDING.at_view("transcript")) == "#/-/transcript"
    assert str(route.at_view("files", "a b")) == "#/ghcr.io/a:1/-/files/a%20b"
    assert str(route.at_manifest(None, DIGEST)) == f"#/ghcr.io/a@{SHA}"
    assert str(route.at_repository("b")) == "#/ghcr.io/b"
    assert str(route.at_registry()) == "#/ghcr.io"


def test_a_query_is_replaced_whole_and_read_by_name() -> None:
    route = parse_route("ghcr.io?a=1").with_query([("sort", "desc"), ("sort", "asc")])
    assert str(route) == "#/ghcr.io?sort=desc&sort=asc"
    assert route.parameter("sort") == "desc"
    assert route.parameter("a") is None


@pytest.mark.parametrize("host", ["docker.io", "index.docker.io", "registry-1.docker.io"])
def test_every_host_of_docker_hub_is_one_registry(host: str) -> None:
    assert at_home(Origin("https", host, None), "redis") == (HUB, "library/redis")


def test_another_port_of_a_docker_hub_host_is_another_registry() -> None:
    proxy = Origin("https", "docker.io", 5000)
    assert at_home(proxy, "redis") == (proxy, "redis")


@pytest.mark.parametrize("part", ["a", "/", "a/", "-/", "%41", "@", ":", "?", "&a", "/-/", "a.", "%", "a@b:"])
@pytest.mark.parametrize("prefix", ["", "ghcr.io/a:1/-/files/", "ghcr.io?"])
def test_long_texts_take_linear_time(prefix: str, part: str) -> None:
    start = time.perf_counter()
    try:
        position = len(parse_route(prefix + part * (100_000 // len(part))).tail)
    except RouteError as error:
        position = error.position
    assert position <= 110_000
    assert time.perf_counter() - start < 1
