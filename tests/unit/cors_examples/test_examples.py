"""What is promised of every folder of cors-examples/: an example.toml, templates that can be filled in, a README."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest

from app.cors.verdict import CAUSES
from tests.unit.cors_examples.filling import EXAMPLES, NAMES, PLACEHOLDER, RELAY_ONLY, filled, placeholders

SAMPLE = "playground"  # a program, not a configuration
FOLDERS = sorted(
    folder for folder in EXAMPLES.iterdir() if folder.is_dir() and folder.name not in (SAMPLE, "__pycache__")
)
WANTED = (
    "nginx caddy haproxy apache traefik envoy ingress-nginx gateway-api distribution zot harbor gitlab s3-storage "
    "cloudflare-worker token-service same-origin relay"
)
TARGETS = {"registry", "token", "storage", "same-origin", "relay"}
EXPOSED = (
    "WWW-Authenticate Link Docker-Content-Digest Docker-Distribution-Api-Version OCI-Subject OCI-Filters-Applied "
    "Content-Range Accept-Ranges ETag Retry-After Warning"
)
SENTENCE = re.compile(r"[A-ZOa-z][^\n]{10,250}[.)]")

each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def told(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "example.toml").read_text())


def fixes() -> Iterator[Any]:
    for folder in FOLDERS:
        if (folder / "example.toml").exists():
            for number, fix in enumerate(told(folder).get("fix", [])):
                yield pytest.param(folder, fix, id=f"{folder.name}-{number}-{fix.get('file')}")


each_fix = pytest.mark.parametrize(("folder", "fix"), list(fixes()))


def test_there_is_a_folder_for_every_server() -> None:
    assert {folder.name for folder in FOLDERS} == set(WANTED.split())


@each_folder
def test_its_toml_says_what_it_is_and_whether_it_ran(folder: Path) -> None:
    found = told(folder)
    assert set(found) <= {"title", "language", "ran", "not-run", "fix", "none"}
    assert found["title"]
    assert found["language"]
    assert ("ran" in found) != ("not-run" in found)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d: \S.*\d.*|from \S.*", found.get("ran") or found["not-run"])
    assert found.get("fix") or found.get("none")


@each_folder
def test_its_readme_says_the_same_on_one_screen(folder: Path) -> None:
    found, readme = told(folder), (folder / "README.md").read_text()
    assert len(readme.splitlines()) <= 65
    headings = re.findall(r"^#+ (.*)", readme, re.MULTILINE)
    if "ran" in found:
        date, _, what = found["ran"].partition(": ")
        assert [heading for heading in headings if heading.startswith("Ran")]
        for version in (date, *re.findall(r"\d+(?:[.-]\d+)+", what)):
            assert version in readme
    else:
        assert [heading for heading in headings if heading.startswith("Not run")]


@each_folder
def test_every_template_is_offered(folder: Path) -> None:
    found = {fix["file"] for fix in told(folder).get("fix", [])}
    assert {file.name for file in folder.glob("*.template")} <= found


@each_folder
def test_where_nothing_helps_it_says_why(folder: Path) -> None:
    for none in told(folder).get("none", []):
        assert set(none) == {"for", "verdicts", "note"}
        assert none["for"] in TARGETS
        assert set(none["verdicts"]) <= set(CAUSES)
        assert SENTENCE.fullmatch(none["note"])


@each_folder
def test_each_choice_of_origins_has_one_answer_for_each_target(folder: Path) -> None:
    choices: dict[tuple[str, str], list[str]] = {}
    for fix in told(folder).get("fix", []):
        # A folder may have the same for two servers, which then bear titles of their own.
        choices.setdefault((fix["for"], fix.get("title", fix["file"].partition(".")[0])), []).append(fix["origins"])
    for target, found in choices.items():
        assert sorted(found) in (["any", "list"], ["both"]), target


@each_fix
def test_a_fix_is_complete(folder: Path, fix: dict[str, Any]) -> None:
    assert {"for", "origins", "file", "note", "verdicts"} <= set(fix)
    assert set(fix) <= {"for", "origins", "file", "note", "verdicts", "title", "language"}
    assert fix["for"] in TARGETS
    assert fix["origins"] in {"any", "list", "both"}
    assert set(fix["verdicts"]) <= set(CAUSES)
    assert SENTENCE.fullmatch(fix["note"])
    assert (folder / fix["file"]).is_file()
    assert Path(fix["file"]).name == fix["file"]


@each_fix
def test_a_template_has_no_names_but_those_that_are_filled_in(folder: Path, fix: dict[str, Any]) -> None:
    found = placeholders(folder / fix["file"])
    assert found <= set(NAMES)
    if fix["for"] != "relay":
        assert not found & RELAY_ONLY
    if fix["origins"] == "any":
        assert not found & {"ANY_ORIGIN", "ALLOWED_ORIGIN"}
    if fix["origins"] == "list":
        assert "ANY_ORIGIN" not in found
        assert "ALLOWED_ORIGIN" in found


@each_fix
def test_a_template_is_whole_once_filled_in(folder: Path, fix: dict[str, Any]) -> None:
    text = filled(folder / fix["file"])
    assert not set(PLACEHOLDER.findall(text)) & set(NAMES)
    suffix = Path(fix["file"].removesuffix(".template")).suffix
    if suffix == ".json":
        json.loads(text)
    elif suffix == ".toml":
        tomllib.loads(text)
    elif suffix == ".xml":
        expat.ParserCreate().Parse(text, True)
    elif suffix == ".yml":
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert not [line for line in lines if "\t" in line or (len(line) - len(line.lstrip())) % 2]
        assert not [line for line in lines if line.count('"') % 2 or line.count("[") != line.count("]")]
        assert not list(repeated_keys(lines))


def repeated_keys(lines: list[str]) -> Iterator[str]:
    """Keys that are there twice in one mapping, of which YAML would lose one."""
    seen: dict[int, set[str]] = {}
    for line in lines:
        dash = re.match(r" *- +", line)
        indent = len(dash[0]) if dash else len(line) - len(line.lstrip())
        # A line further out ends what is further in, and a new item of a list begins a new mapping.
        seen = {depth: keys for depth, keys in seen.items() if depth < indent or (depth == indent and not dash)}
        if key := re.match(r"([\w./@-]+|\"@type\"):( |$)", line[indent:]):
            if key[1] in seen.setdefault(indent, set()):
                yield line
            seen[indent].add(key[1])


@each_fix
def test_what_opens_a_registry_names_every_header_of_one(folder: Path, fix: dict[str, Any]) -> None:
    text = (folder / fix["file"]).read_text()
    if fix["for"] == "registry":
        assert [name for name in (*EXPOSED.split(), "Authorization", "Accept", "Range") if name not in text] == []
    if fix["for"] in ("registry", "token"):
        assert not re.search(r"(?i)credentials\S*\s+\"?true", text)


def test_every_list_of_every_folder_is_json_where_it_says_so() -> None:
    for file in EXAMPLES.glob("*/*.json"):
        json.loads(filled(file))


def rows() -> dict[str, str]:
    """The table of README.md: folder → the rest of its row."""
    found = re.findall(r"^\| \[`([\w-]+)`\]\(\1\) \|(.*)\|$", (EXAMPLES / "README.md").read_text(), re.MULTILINE)
    assert len(found) == len({name for name, _ in found})
    return dict(found)


@each_folder
def test_the_readme_of_all_says_of_each_whether_it_ran(folder: Path) -> None:
    ran = rows()[folder.name].rpartition("|")[2].strip()
    assert ran.startswith("not run" if "not-run" in told(folder) else "ran")


def test_the_readme_of_all_names_nothing_that_is_not_there() -> None:
    assert set(rows()) == {*(folder.name for folder in FOLDERS), SAMPLE}
