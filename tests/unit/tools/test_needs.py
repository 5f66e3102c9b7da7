import pytest

from tools import needs
from tools.binaries import PROGRAMS
from tools.steps import StepFailed


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run, on a Debian machine of root's with Go."""
    ran: list[list[str]] = []

    def record(command: list[str], doing: str, env: object = None) -> str:
        ran.append(list(command))
        return ""

    monkeypatch.setattr(needs, "finish", record)
    monkeypatch.setattr(needs, "is_debian", lambda: True)
    monkeypatch.setattr(needs, "as_root", list)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(needs, "FONTS", (needs.FONTS[0], needs.FONTS[1].parent.parent.parent.parent))
    return ran


def quiet(_line: str) -> None:
    pass


def test_only_missing_packages_are_installed(commands: list[list[str]]) -> None:
    needs.install_debian(["skopeo", "nginx", "registry"], quiet)
    assert [command[-2:] for command in commands] == [["skopeo", "nginx-light"]]


def test_with_nothing_missing_nothing_is_installed(commands: list[list[str]]) -> None:
    needs.install_debian([], quiet)
    needs.install_browser([], quiet)
    needs.install_go([], quiet)
    assert commands == []


def test_elsewhere_than_on_debian_the_browser_is_playwrights(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "is_debian", lambda: False)
    needs.install_debian(["chromium"], quiet)
    needs.install_browser(["chromium"], quiet)
    assert [command[1:] for command in commands] == [["-m", "playwright", "install", "--with-deps", "chromium"]]


def test_without_root_and_without_sudo_no_package_is_installed(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "as_root", lambda: None)
    needs.install_debian(["skopeo"], quiet)
    assert commands == []


def test_sudo_is_put_before_the_command(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "as_root", lambda: ["sudo", "-n"])
    needs.install_debian(["skopeo"], quiet)
    assert commands[0][:3] == ["sudo", "-n", "sh"]


def test_services_that_come_with_packages_are_not_started() -> None:
    assert "policy-rc.d" in needs.INSTALL_DEBIAN


@pytest.mark.parametrize("name", ["docker-registry", "nginx", "caddy", "haproxy", "apache2"])
def test_the_service_of_a_server_does_not_start_with_the_machine(name: str) -> None:
    assert f" {PROGRAMS[name].debian}:{name}" in needs.INSTALL_DEBIAN


def test_a_package_whose_name_begins_like_a_servers_stops_no_server() -> None:
    # apache2-utils brings htpasswd; somebody's own apache2 is not to stop for it.
    assert '*" ${brings%:*} "*)' in needs.INSTALL_DEBIAN


def test_go_programs_are_built_at_their_fixed_version(commands: list[list[str]]) -> None:
    needs.install_go(["registry", "crane", "nginx"], quiet)
    assert [command[-1] for command in commands] == [PROGRAMS["registry"].go, PROGRAMS["crane"].go]


def test_what_fails_to_install_is_said_and_the_rest_goes_on(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(absent: list[str], say: object) -> None:
        raise StepFailed("no network")

    said: list[str] = []
    monkeypatch.setattr(needs, "install_debian", failing)
    monkeypatch.setattr(needs, "missing", lambda names: ["registry"])
    assert needs.install(("registry",), said.append) == ["registry"]
    assert "portolan: no network" in said
    assert commands[-1][-1] == PROGRAMS["registry"].go
