import pytest

from app.client.errors import Unreachable
from app.oci.config import Healthcheck
from app.oci.manifest import Manifest
from app.view.config import config_section
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import CONFIG, IMAGE, MANIFEST, URL, at, failed, image_page


def section(**fields: object) -> Node:
    page = image_page(**fields)
    assert isinstance(IMAGE.document, Manifest)
    return read(render(group(config_section(at(MANIFEST, page), page, IMAGE.document))))


def entries(**fields: object) -> dict[str, str]:
    node = section(config=CONFIG._replace(**fields)).one("dl.kv")  # type: ignore[arg-type]
    names = [name.words for name in node.all("dt")]
    return dict(zip(names, (text.words for text in node.all("dd")), strict=True))


def test_what_a_container_runs_is_shown_as_a_shell_takes_it() -> None:
    found = entries()
    assert found["Entrypoint"] == "/bin/tide-gauge"
    assert found["Cmd"] == "serve --title 'Tide gauge'"


def test_environment_user_ports_and_labels_are_shown() -> None:
    found = entries()
    assert (found["Env"], found["User"], found["Ports"]) == ("TZ=UTC", "10001", "8080/tcp")
    assert found["Labels"] == "maintainer=harbour-team"


def test_what_is_not_set_is_left_out() -> None:
    assert {"Volumes", "Shell", "Healthcheck", "Author"} & set(entries()) == set()


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (("CMD", "curl", "-f", "a b"), "curl -f 'a b' every 30 seconds"),
        (("CMD-SHELL", "curl -f x || exit 1"), "curl -f x || exit 1 every 30 seconds"),
        (("NONE",), "switched off"),
    ],
)
def test_a_healthcheck_is_a_command_and_how_often_it_runs(test: tuple[str, ...], said: str) -> None:
    check = Healthcheck(test, 30_000_000_000, None, None, None, None)
    assert entries(healthcheck=check)["Healthcheck"] == said


def test_a_config_that_is_being_read_is_a_frame() -> None:
    assert section(config=None).all("span.skeleton")


def test_a_config_that_could_not_be_read_says_why_in_its_place() -> None:
    node = section(config=None, config_failure=failed(Unreachable("GET", URL, "network")))
    assert node.one("div.notice").one("h3").words == "No answer from registry.example.net"


def test_a_config_that_sets_nothing_says_so() -> None:
    empty = CONFIG._replace(
        entrypoint=None, cmd=None, user="", exposed_ports=(), env=(), labels={}, os="", architecture=""
    )
    assert "The config sets nothing." in section(config=empty).text


def test_an_endless_value_is_cut() -> None:
    assert len(entries(env=("X=" + "y" * 100_000,))["Env"]) < 5000


def test_a_hostile_label_is_shown_and_makes_no_element() -> None:
    assert entries(labels={"a": "<script>\u202e"})["Labels"] == "a=<script>\\u202e"


def test_the_folders_of_the_path_lead_to_what_is_in_them() -> None:
    node = section(config=CONFIG._replace(env=("PATH=/usr/bin:/bin:.", "HOME=/root"), working_dir="/srv/a b"))
    assert entries(env=("PATH=/usr/bin:/bin:.",))["Env"] == "PATH=/usr/bin:/bin:."
    links = [link["href"] for link in node.one("dl.kv").all("a")]
    assert links == [f"{MANIFEST}/-/files/{path}" for path in ("srv/a%20b", "usr/bin", "bin")]
