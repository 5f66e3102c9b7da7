import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.digest import Digest, digest_of
from app.oci.reference import (
    InvalidReference,
    Reference,
    check_repository,
    check_tag,
    familiar,
    parse_name,
    parse_reference,
)

SHA = "sha256:" + "a" * 64
DIGEST = Digest("sha256", "a" * 64)

components = st.from_regex(r"[a-z0-9]{1,6}((\.|_|__|-{1,3})[a-z0-9]{1,6}){0,2}", fullmatch=True)
repositories = st.lists(components, min_size=2, max_size=4).map("/".join)
registries = st.from_regex(
    r"([A-Za-z0-9]{1,6}(-[A-Za-z0-9]{1,4})?\.[a-z]{2,5}|localhost|\[[0-9a-f]{0,4}:[0-9a-f:]{1,15}\])(:[0-9]{1,5})?",
    fullmatch=True,
).filter(lambda registry: registry != "index.docker.io")
tags = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
digests = st.binary(max_size=4).flatmap(
    lambda data: st.sampled_from(["sha256", "sha512"]).map(lambda name: digest_of(data, name))
)
references = st.builds(Reference, registries, repositories, st.none() | tags, st.none() | digests)


@given(references)
def test_a_reference_round_trips(reference: Reference) -> None:
    assert parse_reference(str(reference)) == reference


@given(references | st.builds(Reference, st.just("docker.io"), repositories, st.none() | tags, st.none() | digests))
def test_the_familiar_form_names_the_same_reference(reference: Reference) -> None:
    assert parse_reference(familiar(reference)) == reference


@given(st.text(max_size=100) | st.text("aB0._-/:@[]", max_size=40))
def test_any_text_is_a_reference_or_an_invalid_reference(text: str) -> None:
    try:
        reference, position = parse_reference(text), 0
    except InvalidReference as error:
        reference, position = Reference("a.b", "c", None, None), error.position
    assert parse_reference(str(reference)) == reference
    assert 0 <= position <= len(text)


# (text, registry, repository, tag, digest); what distribution/reference makes of each, tried against it.
VECTORS = [
    # realistic
    ("redis", "docker.io", "library/redis", None, None),
    ("redis:7.2-alpine", "docker.io", "library/redis", "7.2-alpine", None),
    ("bitnami/redis", "docker.io", "bitnami/redis", None, None),
    ("docker.io/redis", "docker.io", "library/redis", None, None),
    ("docker.io/library/redis:7", "docker.io", "library/redis", "7", None),
    ("index.docker.io/redis", "docker.io", "library/redis", None, None),
    ("index.docker.io/bitnami/redis", "docker.io", "bitnami/redis", None, None),
    ("registry-1.docker.io/bitnami/redis", "registry-1.docker.io", "bitnami/redis", None, None),
    ("ghcr.io/org/team/app:v1.0", "ghcr.io", "org/team/app", "v1.0", None),
    ("registry:5000/app", "registry:5000", "app", None, None),
    ("localhost/app", "localhost", "app", None, None),
    ("localhost:5000/app:1", "localhost:5000", "app", "1", None),
    ("127.0.0.1:5000/app", "127.0.0.1:5000", "app", None, None),
    ("[::1]/app", "[::1]", "app", None, None),
    ("[2001:DB8::1]:5000/app", "[2001:DB8::1]:5000", "app", None, None),
    (f"redis@{SHA}", "docker.io", "library/redis", None, DIGEST),
    (f"ghcr.io/a/b:1@{SHA}", "ghcr.io", "a/b", "1", DIGEST),
    # without a slash, everything is a repository of Docker Hub
    ("ghcr.io", "docker.io", "library/ghcr.io", None, None),
    ("localhost", "docker.io", "library/localhost", None, None),
    ("localhost:5000", "docker.io", "library/localhost", "5000", None),
    ("registry:5000", "docker.io", "library/registry", "5000", None),
    # an upper-case first component is a domain, a lower-case one is not
    ("Org/app", "Org", "app", None, None),
    ("org/app", "docker.io", "org/app", None, None),
    # synthetic
    ("a", "docker.io", "library/a", None, None),
    ("a__b/c--d.e_f:_", "docker.io", "a__b/c--d.e_f", "_", None),
    ("a.b:00099/c", "a.b:00099", "c", None, None),
    ("a-b.c-d/e", "a-b.c-d", "e", None, None),
    ("docker.io/library/a/b", "docker.io", "library/a/b", None, None),
    ("a" * 63, "docker.io", "library/" + "a" * 63, None, None),
    ("g" * 64, "docker.io", "library/" + "g" * 64, None, None),
    ("docker.io/" + "a" * 64, "docker.io", "library/" + "a" * 64, None, None),
    ("x.y/" + "n" * 255, "x.y", "n" * 255, None, None),
    ("n" * 247, "docker.io", "library/" + "n" * 247, None, None),
    ("a:" + "t" * 128, "docker.io", "library/a", "t" * 128, None),
]


@pytest.mark.parametrize(("text", "registry", "repository", "tag", "digest"), VECTORS)
def test_a_reference_is_read_as_docker_reads_it(
    text: str, registry: str, repository: str, tag: str | None, digest: Digest | None
) -> None:
    assert parse_reference(text) == Reference(registry, repository, tag, digest)


REFUSED = [
    ("", 0),
    ("/", 0),
    ("/redis", 0),
    ("redis/", 6),
    ("a//b", 2),
    (":tag", 0),
    ("redis:", 6),
    (f"@{SHA}", 0),
    ("redis@", 5),
    ("Redis", 0),
    ("redis:7:8", 7),
    ("redis:-7", 6),
    ("redis:\u0661", 6),
    ("rédis", 1),
    ("re dis", 2),
    ("redis ", 5),
    ("redis\n", 5),
    ("-redis", 0),
    ("redis-", 5),
    ("a..b", 2),
    ("a___b", 2),
    ("a._b", 2),
    ("docker.io/Org/app", 10),
    ("docker.io/org/App:Tag", 14),
    ("x.y/aB", 5),
    ("a_b.example/c", 1),
    ("-a.b/c", 0),
    ("a.b-/c", 2),
    ("a..b/c", 2),
    ("host:/name", 5),
    ("host:x/name", 5),
    ("host:50:00/name", 7),
    ("https://host/name", 6),
    ("[]/a", 0),
    ("[::1/a", 0),
    ("[::1]x/a", 5),
    ("[::g]/a", 0),
    ("localhost:5000/", 15),
    ("a" * 64, 0),
    ("redis@sha256:abc", 16),
    ("redis@sha256:" + "A" * 64, 13),
    (f"redis@{SHA}0", 77),
    ("redis@md5:" + "a" * 32, 6),
    (f"redis@{SHA}:7", 77),
    ("n" * 248, 248),
    ("x.y/" + "n" * 256, 259),
    ("a:" + "t" * 129, 130),
    ("user:secret@host/name", 11),
]


@pytest.mark.parametrize(("text", "position"), REFUSED)
def test_what_docker_refuses_is_refused_where_it_goes_wrong(text: str, position: int) -> None:
    with pytest.raises(InvalidReference) as caught:
        parse_reference(text)
    assert caught.value.position == position


def test_upper_case_is_named_as_the_reason() -> None:
    with pytest.raises(InvalidReference, match="lower case"):
        check_repository("org/App")


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(InvalidReference) as caught:
        parse_reference("user:secret@host/name")
    assert "secret" not in f"{caught.value} {caught.value!r} {caught.value.text}"


@pytest.mark.parametrize(("tag", "position"), [("", 0), (".a", 0), ("a/b", 1), ("a" * 129, 128), ("a\n", 1), ("é", 0)])
def test_a_tag_is_refused_at_its_first_wrong_character(tag: str, position: int) -> None:
    with pytest.raises(InvalidReference) as caught:
        check_tag(tag)
    assert caught.value.position == position


@pytest.mark.parametrize("name", ["a/b/c", "0", "a" * 255, "a-----b"])
def test_a_repository_name_within_the_grammar_is_taken(name: str) -> None:
    check_repository(name)


def test_a_repository_name_over_255_characters_is_refused() -> None:
    with pytest.raises(InvalidReference) as caught:
        check_repository("a" * 256)
    assert caught.value.position == 255


def test_the_name_after_a_registry_may_have_a_digest_that_cannot_be_computed() -> None:
    assert parse_name("a/b:t@md5:00") == ("a/b", "t", Digest("md5", "00"))


def test_a_mistake_in_the_digest_is_placed_in_the_whole_text() -> None:
    with pytest.raises(InvalidReference) as caught:
        parse_name("a/b:t@sha256:xyz")
    assert caught.value.position == 13


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("docker.io/library/redis:7", "redis:7"),
        ("docker.io/library/a/b", "library/a/b"),
        ("docker.io/bitnami/redis", "bitnami/redis"),
        ("ghcr.io/a:1", "ghcr.io/a:1"),
        ("docker.io/a.b/c", "docker.io/a.b/c"),
        ("docker.io/localhost/c", "docker.io/localhost/c"),
        ("docker.io/" + "a" * 64, "docker.io/library/" + "a" * 64),
    ],
)
def test_the_familiar_form_is_dockers_unless_it_would_name_another(text: str, short: str) -> None:
    assert familiar(parse_reference(text)) == short


@pytest.mark.parametrize("part", ["a", "a-", "a/", "_", "a:", "@", "A", "[", ".", "a@sha256:"])
def test_long_texts_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InvalidReference):
        parse_reference(part * (200_000 // len(part)))
    assert time.perf_counter() - start < 0.5
