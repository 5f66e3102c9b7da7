import json

from app.oci.config import parse_config
from app.state.compare_model import ComparePage, Side
from app.view.compare_config import config_section, fields
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import CONFIG, CONFIG_JSON, IMAGE
from tests.unit.view.test_compare import LEFT, RIGHT


def with_(**inner: object) -> bytes:
    whole = json.loads(CONFIG_JSON)
    whole["config"].update(inner)
    return json.dumps(whole).encode()


def section(config: bytes) -> Node:
    right = RIGHT._replace(config=parse_config(config))
    return read(render(group(config_section(ComparePage(LEFT, right, None, {})))))


def differing(**inner: object) -> dict[str, tuple[str | None, str | None]]:
    found = fields(CONFIG, parse_config(with_(**inner)))
    return {name: (left, right) for name, left, right in found if left != right}


def test_environment_and_labels_are_compared_by_key() -> None:
    assert differing(Env=["A=1", "TZ=UTC"]) == {"Env A": (None, "1")}
    assert differing(Labels={"maintainer": "x", "new": "y"}) == {
        "Label maintainer": ("harbour-team", "x"),
        "Label new": (None, "y"),
    }


def test_ports_and_volumes_are_compared_by_name() -> None:
    assert differing(ExposedPorts={}, Volumes={"/data": {}}) == {
        "Port 8080/tcp": ("exposed", None),
        "Volume /data": (None, "a volume"),
    }


def test_a_healthcheck_is_compared_in_words() -> None:
    check = {"Test": ["CMD", "true"], "Interval": 30_000_000_000, "Timeout": 3_000_000_000, "Retries": 3}
    [(_, said)] = differing(Healthcheck=check).values()
    assert said == '["CMD", "true"] every 30 seconds within 3 seconds, 3 tries'


def test_commands_are_compared_word_by_word() -> None:
    assert differing(Cmd=["serve", "--title Tide gauge"]) == {
        "Cmd": ('["serve", "--title", "Tide gauge"]', '["serve", "--title Tide gauge"]')
    }


def test_nothing_that_differs_is_said() -> None:
    node = section(CONFIG_JSON)
    assert "Every setting is the same." in node.words
    assert "The history is the same: 3 lines." in node.words


def test_the_history_is_shown_from_where_it_differs() -> None:
    whole = json.loads(CONFIG_JSON)
    whole["history"][2] = {"created_by": "COPY other /"}
    node = section(json.dumps(whole).encode())
    assert "2 lines at the start the same" in node.words
    assert [one.words for one in node.all("ol")] == ["RUN make install", "COPY other /"]
    whole["history"] = []
    assert "They differ from the first line on." in section(json.dumps(whole).encode()).words


def test_before_configs_are_read_there_is_a_frame_or_nothing() -> None:
    waiting = ComparePage(Side(LEFT.route), Side(RIGHT.route), None, {})
    assert "skeleton" in render(group(config_section(waiting)))
    assert config_section(ComparePage(LEFT._replace(config=None), RIGHT, None, {})) is None
    assert LEFT.image == IMAGE
