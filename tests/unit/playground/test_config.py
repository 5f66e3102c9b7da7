"""What can be asked for at start."""

import pytest
from playground.config import Config, ConfigError, FaultSpec, ListenerSpec, parse_listener, wanted_listeners


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("plain:anonymous", ListenerSpec("plain", "anonymous")),
        ("a:bearer,realm=b", ListenerSpec("a", "bearer", (), "b")),
        (
            "s:basic,slow-body=5,hang@blobs,rate-limited@tags=2x3",
            ListenerSpec(
                "s",
                "basic",
                (FaultSpec("slow-body", "", "5"), FaultSpec("hang", "blobs"), FaultSpec("rate-limited", "tags", "2x3")),
            ),
        ),
    ],
)
def test_a_listener_is_written_as_name_mode_and_faults(text: str, spec: ListenerSpec) -> None:
    assert parse_listener(text) == spec


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not NAME:MODE"),
        ("name", "is not NAME:MODE"),
        (":basic", "is not NAME:MODE"),
        ("x:digest", "unknown mode 'digest'.*anonymous, basic"),
        ("x:basic,sinks", "unknown fault 'sinks'.*hang"),
        ("x:basic,hang@decks", "unknown endpoint 'decks'.*manifests"),
        ("x:basic,hang=5", r"'hang=5' of listener 'x' is not hang:"),
        ("x:basic,slow-body=-1", "'slow-body=-1'"),
    ],
)
def test_a_mistake_is_named_with_what_would_be_right(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        parse_listener(text)


def names(config: Config) -> list[str]:
    return [spec.name for spec in wanted_listeners(config)]


def test_all_modes_are_opened_by_default() -> None:
    assert names(Config()) == ["anonymous", "basic", "bearer", "token", "storage"]


def test_only_some_may_be_opened() -> None:
    assert names(Config(only=["basic"])) == ["basic"]


def test_a_bearer_listener_brings_its_token_endpoint() -> None:
    assert names(Config(only=["bearer"])) == ["bearer", "token"]


def test_a_redirecting_listener_brings_its_storage() -> None:
    assert names(Config(only=[], listeners=[parse_listener("r:basic,redirect-blobs")])) == ["r", "storage"]


def test_a_listener_of_a_default_name_takes_its_place() -> None:
    broken = parse_listener("token:token,no-cors")
    assert broken in wanted_listeners(Config(listeners=[broken]))
    assert names(Config(listeners=[broken])) == ["anonymous", "basic", "bearer", "token", "storage"]


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        (Config(only=["nothing"]), "no listener 'nothing'"),
        (Config(ports={"nothing": 1}), "a port for 'nothing'"),
        (Config(listeners=[parse_listener("x:bearer,realm=storage")]), "'x' needs a token listener named 'storage'"),
        (Config(listeners=[parse_listener("x:basic,redirect-blobs=y")]), "'x' needs a storage listener named 'y'"),
    ],
)
def test_what_cannot_be_served_is_refused(config: Config, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        wanted_listeners(config)
