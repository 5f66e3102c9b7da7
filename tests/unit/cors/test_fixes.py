"""Configurations from the examples: filled in, in order, and robust against what is not there."""

from pathlib import Path

import pytest

from app.cors.fixes import MENDABLE, ORDER, load
from app.cors.subject import Subject
from app.cors.verdict import CAUSES
from app.oci.origin import parse_origin

ROOT = Path(__file__).resolve().parents[3]
PAGE = parse_origin("https://portolan.example")
SUBJECT = Subject(parse_origin("https://registry.example:8443"), PAGE, realm="https://auth.example/token?x=1")

EXAMPLE = """
title = "nginx"
language = "nginx"
ran = "2026-11-22: nginx 1.22.1"

[[fix]]
for = "registry"
origins = "both"
file = "registry.conf.template"
note = "Into the http block."
verdicts = []

[[fix]]
for = "token"
origins = "list"
file = "token.conf.template"
verdicts = []

[[none]]
for = "registry"
verdicts = ["preflight-refused"]
note = "It asks for credentials."
"""
TEMPLATE = 'host ${REGISTRY_HOST} $http_host ${UNKNOWN} "${ANY_ORIGIN}" "${ALLOWED_ORIGIN}" ${METHODS} $METHODS'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "nginx", EXAMPLE, {"registry.conf.template": TEMPLATE, "token.conf.template": "${TOKEN_HOST}"})
    return tmp_path


def write(folder: Path, server: str, example: str, files: dict[str, str]) -> None:
    (folder / server).mkdir()
    (folder / server / "example.toml").write_text(example)
    for name, text in files.items():
        (folder / server / name).write_text(text)


def text_of(folder: Path, subject: Subject = SUBJECT, origins: str = "any", delete: bool = False) -> str:
    (fix,) = load(folder).fixes("no-usable-allow-origin", subject, origins, delete)  # type: ignore[arg-type]
    assert fix.text is not None
    return fix.text


def test_the_registry_s_host_and_this_page_s_origin_are_filled_in(folder: Path) -> None:
    text = text_of(folder)
    assert text.startswith("host registry.example:8443 ")
    assert '"https://portolan.example"' in text


def test_a_server_s_own_variables_and_unknown_names_stay(folder: Path) -> None:
    text = text_of(folder)
    assert " $http_host ${UNKNOWN} " in text
    assert text.endswith(" $METHODS")


def test_any_origin_or_this_one_alone(folder: Path) -> None:
    assert '"*"' in text_of(folder, origins="any")
    assert '"*"' not in text_of(folder, origins="list")


def test_a_page_without_an_origin_can_only_be_allowed_with_all_others(folder: Path) -> None:
    assert '"*"' in text_of(folder, SUBJECT._replace(page=None), "list")


def test_deleting_is_allowed_by_choice(folder: Path) -> None:
    assert "GET, HEAD, OPTIONS $" in text_of(folder, delete=False)
    assert "GET, HEAD, OPTIONS, DELETE $" in text_of(folder, delete=True)


def test_a_verdict_on_the_realm_is_mended_at_the_realm_s_host(folder: Path) -> None:
    (fix,) = load(folder).fixes("token-preflight-refused", SUBJECT, "list", False)
    assert fix.text == "auth.example"


def test_a_file_for_the_other_choice_is_left_out(folder: Path) -> None:
    assert load(folder).fixes("token-preflight-refused", SUBJECT, "any", False) == ()


def test_where_a_server_has_no_setting_that_helps_it_says_why(folder: Path) -> None:
    (fix,) = load(folder).fixes("preflight-refused", SUBJECT, "any", False)
    assert fix.text is None
    assert fix.note == "It asks for credentials."


@pytest.mark.parametrize("verdict", [cause for cause in CAUSES if cause not in MENDABLE])
def test_what_no_header_mends_has_no_fix(folder: Path, verdict: str) -> None:
    assert load(folder).fixes(verdict, SUBJECT, "any", False) == ()


def test_what_was_not_run_says_so(tmp_path: Path) -> None:
    example = EXAMPLE.replace('ran = "2026-11-22: nginx 1.22.1"', 'not-run = "from the documentation"')
    write(tmp_path, "nginx", example, {"registry.conf.template": ""})
    (fix,) = load(tmp_path).fixes("digest-not-exposed", SUBJECT, "any", False)
    assert fix.ran == "Not run here: from the documentation"


@pytest.mark.parametrize(
    "example",
    [
        "",
        "not TOML [",
        'title = "x"',
        EXAMPLE.replace('for = "registry"\n', ""),
        "fix = 1\n" + EXAMPLE.partition("[[")[0],
    ],
)
def test_a_broken_example_is_left_out(folder: Path, example: str) -> None:
    write(folder, "caddy", example, {"registry.conf.template": ""})
    fixes = load(folder).fixes("digest-not-exposed", SUBJECT, "any", False)
    assert [fix.server for fix in fixes] == ["nginx"]


def test_a_missing_template_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "nginx", EXAMPLE, {"registry.conf.template": "here"})
    assert load(tmp_path).fixes("token-preflight-refused", SUBJECT, "list", False) == ()
    assert load(tmp_path).fixes("digest-not-exposed", SUBJECT, "list", False)[0].text == "here"


def test_without_a_folder_there_are_no_fixes(tmp_path: Path) -> None:
    shelf = load(tmp_path / "absent")
    assert shelf.fixes("no-usable-allow-origin", SUBJECT, "any", False) == ()
    assert shelf.ways_around(SUBJECT) == ()


def test_servers_stand_in_their_order(tmp_path: Path) -> None:
    for server in ("zot", "unheard-of", "caddy", "nginx"):
        write(tmp_path, server, EXAMPLE, {"registry.conf.template": ""})
    fixes = load(tmp_path).fixes("digest-not-exposed", SUBJECT, "any", False)
    assert [fix.server for fix in fixes] == ["nginx", "caddy", "zot", "unheard-of"]


# The examples themselves.


@pytest.mark.parametrize("verdict", sorted(MENDABLE - {"blob-redirect-without-cors", "redirect-target-without-cors"}))
@pytest.mark.parametrize("origins", ["any", "list"])
def test_the_servers_that_people_run_all_have_an_answer(verdict: str, origins: str) -> None:
    fixes = load(ROOT / "cors-examples").fixes(verdict, SUBJECT, origins, False)  # type: ignore[arg-type]
    servers = [fix.server for fix in fixes]
    assert servers[:9] == list(ORDER[:9])
    assert len(servers) == len(set(servers))


@pytest.mark.parametrize("verdict", ["no-usable-allow-origin", "token-preflight-refused", "blob-redirect-without-cors"])
def test_nothing_is_left_to_fill_in(verdict: str) -> None:
    shelf = load(ROOT / "cors-examples")
    fixes = [*shelf.fixes(verdict, SUBJECT, "list", True), *shelf.ways_around(SUBJECT)]
    assert [fix.server for fix in fixes if fix.text is not None and "${" in fix.text.replace("${{", "")] == []


def test_around_a_registry_that_nobody_here_can_change_there_are_two_ways() -> None:
    fixes = load(ROOT / "cors-examples").ways_around(SUBJECT._replace(registry=parse_origin("https://docker.io")))
    servers = {fix.server.partition("/")[0] for fix in fixes}
    assert {"same-origin", "relay"} <= servers
    relay = next(fix.text for fix in fixes if fix.server.startswith("relay/") and fix.text is not None)
    assert "https://registry-1.docker.io" in relay


def test_a_relay_for_docker_hub_knows_its_token_service() -> None:
    subject = Subject(parse_origin("https://docker.io"), PAGE)
    fixes = load(ROOT / "cors-examples").ways_around(subject)
    assert any("https://auth.docker.io" in (fix.text or "") for fix in fixes)
