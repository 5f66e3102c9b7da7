"""Docker's config.json and podman's auth.json: credentials out of it, and what could not be read."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.credential import Credential, IdentityToken, Password, RegistryToken
from app.auth.docker_config import LONGEST, ConfigEntry, ConfigProblem, DockerConfig, parse_docker_config


def auth(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


ANN = {"auth": auth("ann:secret")}


def parse(auths: object, **rest: object) -> DockerConfig:
    return parse_docker_config(json.dumps({"auths": auths, **rest}))


def entry(fields: dict[str, str], key: str = "r.example") -> ConfigEntry:
    (found,) = parse({key: fields}).entries
    return found


def problem(fields: object) -> ConfigProblem:
    (found,) = parse({"r.example": fields}).problems
    return found


def shown(credential: Credential) -> tuple[str | None, ...]:
    match credential:
        case Password():
            return ("password", credential.username, credential.password)
        case IdentityToken():
            return ("identity", credential.username, credential.token)
        case RegistryToken():
            return ("registry", credential.token)
        case _:
            return ()


@pytest.mark.parametrize(
    ("fields", "credential"),
    [
        (ANN, ("password", "ann", "secret")),
        ({"auth": auth("ann:a:b:c")}, ("password", "ann", "a:b:c")),
        ({"auth": auth("ünn:pässwörd")}, ("password", "ünn", "pässwörd")),
        ({"auth": auth("ann:secret\x00\x00")}, ("password", "ann", "secret")),
        ({"auth": "\n" + auth("ann:secret") + "\n"}, ("password", "ann", "secret")),
        ({"username": "ann", "password": "secret"}, ("password", "ann", "secret")),
        ({"username": "bob", "password": "x", **ANN}, ("password", "ann", "secret")),
        ({"auth": "", "username": "ann", "password": "secret"}, ("password", "ann", "secret")),
        ({"identitytoken": "idt", "auth": auth("ann:")}, ("identity", "ann", "idt")),
        ({"identitytoken": "idt"}, ("identity", None, "idt")),
        ({"username": "<token>", "password": "idt"}, ("identity", None, "idt")),
        ({"auth": auth("<token>:idt")}, ("identity", None, "idt")),
        ({"registrytoken": "ey.a.b"}, ("registry", "ey.a.b")),
        ({"identitytoken": "idt", "registrytoken": "rt"}, ("identity", None, "idt")),
    ],
)
def test_an_entry_gives_its_credential(fields: dict[str, str], credential: tuple[str | None, ...]) -> None:
    assert shown(entry(fields).credential) == credential


@pytest.mark.parametrize(
    ("key", "registry", "namespace"),
    [
        ("https://index.docker.io/v1/", "https://docker.io", ""),
        ("index.docker.io", "https://docker.io", ""),
        ("docker.io", "https://docker.io", ""),
        ("docker.io/library", "https://docker.io", "library"),
        ("registry-1.docker.io", "https://docker.io", ""),
        ("r.example", "https://r.example", ""),
        ("r.example:5000", "https://r.example:5000", ""),
        ("localhost:5000", "http://localhost:5000", ""),
        ("http://r.example:5000", "http://r.example:5000", ""),
        ("http://r.example/v2/", "http://r.example", ""),
        ("https://r.example/v1", "https://r.example", ""),
        ("https://r.example/org", "https://r.example", ""),
        ("r.example/v1/", "https://r.example", ""),
        ("r.example/org/app", "https://r.example", "org/app"),
        ("R.Example", "https://r.example", ""),
        ("[::1]:5000", "http://[::1]:5000", ""),
    ],
)
def test_a_key_names_its_registry(key: str, registry: str, namespace: str) -> None:
    found = entry(ANN, key)
    assert (str(found.registry), found.namespace) == (registry, namespace)


@pytest.mark.parametrize(
    ("fields", "path", "reason"),
    [
        ({}, "", "no-credential"),
        ({"username": "ann"}, "", "no-credential"),
        ({"auth": "%%%"}, ".auth", "base64"),
        ({"auth": "é"}, ".auth", "base64"),
        ({"auth": "YW"}, ".auth", "base64"),
        ({"auth": auth(b"ann:\xff")}, ".auth", "not-utf-8"),
        ({"auth": auth("canary")}, ".auth", "no-colon"),
        ({"auth": 5}, ".auth", "wrong-type"),
        ({"password": ["canary"]}, ".password", "wrong-type"),
        ({"registrytoken": "canary\r\nX: 1"}, ".registrytoken", "bad-token"),
        ({"identitytoken": "canary é"}, ".identitytoken", "bad-token"),
        ("canary", "", "wrong-type"),
        (None, "", "wrong-type"),
    ],
)
def test_an_entry_that_cannot_be_used_says_where_and_why(fields: object, path: str, reason: str) -> None:
    assert problem(fields) == ConfigProblem(f'auths["r.example"]{path}', reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("", "", "not-json"),
        ("{", "", "not-json"),
        ("[]", "", "not-an-object"),
        ("{}", "auths", "no-auths"),
        ('{"auths": []}', "auths", "wrong-type"),
        ('{"auths": {}, "credsStore": 5}', "credsStore", "wrong-type"),
        ('{"auths": {}, "credHelpers": []}', "credHelpers", "wrong-type"),
        ('{"auths": {}, "credHelpers": {"a": 5}}', 'credHelpers["a"]', "wrong-type"),
        ('{"auths": {"not a host": {}}}', 'auths["not a host"]', "not-a-registry"),
        ("[" * 100_000, "", "not-json"),
        (" " * (LONGEST + 1), "", "too-large"),
        ("\udc80", "", "not-json"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, path: str, reason: str) -> None:
    assert parse_docker_config(text).problems == (ConfigProblem(path, reason),)  # type: ignore[arg-type]


def test_one_bad_entry_does_not_hide_the_others() -> None:
    found = parse({"a.example": {"auth": "%"}, "b.example": ANN})
    assert [str(each.registry) for each in found.entries] == ["https://b.example"]
    assert len(found.problems) == 1


def test_helpers_are_named_each_once() -> None:
    found = parse({}, credsStore="desktop", credHelpers={"a.example": "ecr-login", "b.example": "desktop", "c": ""})
    assert found.helpers == ("desktop", "ecr-login")


def test_a_registry_with_a_helper_of_its_own_is_said_to_be_in_it() -> None:
    found = parse({}, credHelpers={"a.example": "ecr-login"})
    assert found.problems == (ConfigProblem('credHelpers["a.example"]', "in-helper"),)


def test_an_empty_entry_beside_a_helper_is_said_to_be_in_it() -> None:
    assert parse({"a.example": {}}, credsStore="desktop").problems == (
        ConfigProblem('auths["a.example"]', "in-helper"),
    )


def test_a_file_with_a_helper_alone_is_said_to_be_in_it() -> None:
    assert parse_docker_config('{"credsStore": "desktop"}').problems == (ConfigProblem("auths", "in-helper"),)


def test_more_than_a_thousand_entries_are_not_read() -> None:
    found = parse({f"r{number}.example": ANN for number in range(1001)})
    assert len(found.entries) == 1000
    assert found.problems == (ConfigProblem("auths", "too-many"),)


def test_no_secret_is_in_a_repr_or_a_problem() -> None:
    found = parse(
        {
            "a.example": {"auth": auth("ann:canary")},
            "b.example": {"identitytoken": "canary"},
            "c.example": {"registrytoken": "canary"},
            "d.example": {"auth": auth("canary")},
            "https://ann:canary@e.example": {"auth": auth("canary")},
            "f.example": {"identitytoken": "canary\n x"},
        }
    )
    assert len(found.entries) == 3
    assert "canary" not in repr(found)
    assert auth("ann:canary") not in repr(found)


def test_a_key_longer_than_any_registry_is_none() -> None:
    (found,) = parse({"r.example/" + "x" * 1000: ANN}).problems
    assert (found.reason, len(found.path)) == ("not-a-registry", len('auths[""]') + 100)


def test_a_key_with_a_user_is_no_registry() -> None:
    (found,) = parse({"https://ann:canary@r.example": ANN}).problems
    assert found.reason == "not-a-registry"


USER = st.text(st.characters(exclude_characters=":\x00", exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text != "<token>"
)
SECRET = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: f"x{text}x")


@given(USER, SECRET)
def test_any_user_and_password_come_out_as_they_went_in(username: str, password: str) -> None:
    assert shown(entry({"auth": auth(f"{username}:{password}")}).credential) == ("password", username, password)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["auths", "auth", "username", "credHelpers", "r.example", "identitytoken"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_document_makes_it_raise(document: object) -> None:
    found = parse_docker_config(json.dumps(document))
    assert found.entries or found.problems or found.helpers or found == DockerConfig((), (), ())


@given(st.text(max_size=100))
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(parse_docker_config(text), DockerConfig)
