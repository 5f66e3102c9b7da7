import json

import pytest

from app.oci.config import Healthcheck, History, ImageConfig, Step, counts_match, layer_history, parse_config
from app.oci.descriptor import Descriptor
from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.media_type import OCI_LAYER_GZIP

MADE: dict[str, Json] = {"created": "2026-01-02T03:04:05Z", "created_by": "RUN make", "comment": "c", "author": "a"}
EMPTY: dict[str, Json] = {"created_by": "ENV A=b", "empty_layer": True}


def parse(**document: Json) -> ImageConfig:
    return parse_config(json.dumps(document).encode())


def layer(name: str) -> Descriptor:
    return Descriptor(OCI_LAYER_GZIP, digest_of(name.encode()), 1, {}, None, None, (), None)


def test_a_config_keeps_how_a_container_starts() -> None:
    config = parse(
        created="2026-01-02T03:04:05Z",
        author="someone",
        architecture="arm64",
        os="linux",
        variant="v8",
        config={
            "User": "1000",
            "ExposedPorts": {"80/tcp": {}, "443/tcp": {}},
            "Env": ["PATH=/bin", "A="],
            "Entrypoint": ["/entry"],
            "Cmd": None,
            "Volumes": {"/data": {}},
            "WorkingDir": "/srv",
            "Labels": {"a": "b"},
            "StopSignal": "SIGQUIT",
            "Shell": ["/bin/bash", "-c"],
            "Healthcheck": {"Test": ["CMD", "true"], "Interval": 30_000_000_000, "Retries": 3},
        },
        rootfs={"type": "layers", "diff_ids": [str(digest_of(b"x"))]},
    )
    assert config.exposed_ports == ("80/tcp", "443/tcp")
    assert config.env == ("PATH=/bin", "A=")
    assert (config.entrypoint, config.cmd, config.shell) == (("/entry",), None, ("/bin/bash", "-c"))
    assert (config.user, config.working_dir, config.stop_signal) == ("1000", "/srv", "SIGQUIT")
    assert (config.volumes, config.labels) == (("/data",), {"a": "b"})
    assert config.healthcheck == Healthcheck(("CMD", "true"), 30_000_000_000, None, None, None, 3)
    assert config.diff_ids == (digest_of(b"x"),)
    assert (config.architecture, config.os, config.variant) == ("arm64", "linux", "v8")
    assert (config.created, config.author) == ("2026-01-02T03:04:05Z", "someone")


def test_an_empty_config_says_nothing() -> None:
    config = parse()
    assert config.history == ()
    assert config.entrypoint is None
    assert config.labels == {}


def test_null_is_read_as_absent() -> None:
    assert parse(config=None, rootfs=None, history=None, created=None) == parse()


def test_an_empty_command_differs_from_none() -> None:
    assert parse(config={"Cmd": []}).cmd == ()


def test_a_command_may_be_one_string() -> None:
    assert parse(config={"Cmd": "sh"}).cmd == ("sh",)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"created": 5}, "created"),
        ({"config": []}, "config"),
        ({"config": {"Env": "A=b"}}, "config.Env"),
        ({"config": {"Env": [1]}}, "config.Env[0]"),
        ({"config": {"Labels": {"a": 1}}}, "config.Labels.a"),
        ({"config": {"Healthcheck": {"Retries": -1}}}, "config.Healthcheck.Retries"),
        ({"rootfs": {"diff_ids": ["x"]}}, "rootfs.diff_ids[0]"),
        ({"history": [{"empty_layer": "no"}]}, "history[0].empty_layer"),
        ({"history": ["x"]}, "history[0]"),
    ],
)
def test_a_mistake_is_named_by_its_path(document: dict[str, Json], path: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(**document)
    assert (caught.value.what, caught.value.path) == ("config", path)


def test_what_is_no_object_is_no_config() -> None:
    with pytest.raises(InvalidDocument):
        parse_config(b"[]")


def test_each_line_of_history_meets_the_layer_it_made() -> None:
    config = parse(history=[MADE, EMPTY, MADE])
    made, empty, _ = config.history
    layers = (layer("one"), layer("two"))
    assert made == History("2026-01-02T03:04:05Z", "RUN make", "a", "c", False)
    assert layer_history(config, layers) == (
        Step(made, layers[0], 1),
        Step(empty, None, None),
        Step(made, layers[1], 2),
    )
    assert counts_match(config, layers)


def test_layers_beyond_the_history_stand_without_a_line() -> None:
    config = parse(history=[EMPTY, MADE])
    layers = (layer("one"), layer("two"), layer("three"))
    assert layer_history(config, layers)[2:] == (Step(None, layers[1], 2), Step(None, layers[2], 3))
    assert not counts_match(config, layers)


def test_history_beyond_the_layers_stands_without_a_layer() -> None:
    config = parse(history=[MADE, MADE])
    assert layer_history(config, (layer("one"),))[1] == Step(config.history[1], None, None)
    assert not counts_match(config, (layer("one"),))


def test_layers_without_any_history_are_all_listed() -> None:
    assert [step.number for step in layer_history(parse(), (layer("one"), layer("two")))] == [1, 2]
