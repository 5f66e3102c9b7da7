"""check.py as operators and their CI run it: a program."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from check import main

from tests.unit.cors_examples.stub import BASIC, PAGE, PASSWORD, TOKEN, USER, Stub
from tests.unit.playground.playing import Ask, playing

PROGRAM = Path(__file__).resolve().parents[3] / "cors-examples" / "check.py"
LINE = re.compile(r" ?(\d+)  (passed|failed|not checkable) +\S.{33}  \S.*")


def started(*arguments: str, password: str | None = PASSWORD) -> "subprocess.CompletedProcess[str]":
    """Isolated (-I), as on a machine that has nothing of this project."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    if password is not None:
        environment["PORTOLAN_CHECK_PASSWORD"] = password
    return subprocess.run(
        [sys.executable, "-I", str(PROGRAM), *arguments],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_people_get_an_aligned_table_and_0_when_nothing_failed(stub: Stub) -> None:
    stub.auth = "bearer"
    done = started(stub.url, "--user", USER)
    *lines, blank, last = done.stdout.splitlines()
    assert [int(match[1]) for line in lines if (match := LINE.fullmatch(line))] == list(range(1, 22))
    assert (blank, last) == ("", "12 passed, 0 failed, 9 not checkable")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_fault_makes_it_1(stub: Stub) -> None:
    stub.spoil = lambda asked, answer: answer.set("access-control-allow-headers", "Accept")
    done = started(stub.url)
    assert done.returncode == 1
    assert "failed" in done.stdout.splitlines()[0]
    assert "1 failed" in done.stdout.splitlines()[-1]


def test_machines_get_json(stub: Stub) -> None:
    stub.spoil = lambda asked, answer: answer.drop("access-control-allow-origin")
    done = started(f"{stub.url}/v2/", "--json")
    found = json.loads(done.stdout)
    assert list(found) == ["url", "checks", "failed"]
    assert found["url"] == stub.url
    assert [list(check) for check in found["checks"]] == [["number", "name", "state", "detail"]] * 21
    assert found["failed"] == sum(check["state"] == "failed" for check in found["checks"]) == 8
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["registry.example"], "http:// or https://"),
        (["ftp://registry.example"], "http:// or https://"),
        (["https://"], "http:// or https://"),
        (["https://registry example"], "http:// or https://"),
        (["https://registry.example:port"], "is not an address"),
        (["https://["], "is not an address"),
        (["https://registry.example:0"], "has to end after the host"),
        (["https://registry.example/library/nginx"], "has to end after the host"),
        (["https://registry.example/?x"], "has to end after the host"),
        (["https://me:hunter2@registry.example"], "names a user"),
        (["https://registry.example", "--repository", "Has Spaces"], "--repository"),
        (["https://registry.example", "--allowed-origin", "https://portolan.example/"], "no slash"),
        (["https://registry.example", "--foreign-origin", "*"], "--foreign-origin"),
        (["https://registry.example", "--foreign-origin", PAGE, "--allowed-origin", PAGE], "very origin"),
        (["https://registry.example", "--timeout", "0"], "--timeout"),
        (["https://registry.example", "--timeout", "nan"], "--timeout"),
        (["https://registry.example", "--user", "me:hunter2"], "colon"),
    ],
)
def test_what_cannot_be_run_is_2_and_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTOLAN_CHECK_PASSWORD", PASSWORD)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("check.py: ")
    assert err.count("\n") == 1
    assert said in err
    assert "hunter2" not in err


def test_a_user_without_a_password_is_2_where_nobody_can_be_asked(stub: Stub) -> None:
    done = started(stub.url, "--user", USER, password=None)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "check.py: --user needs its password in $PORTOLAN_CHECK_PASSWORD\n"


def test_a_registry_that_is_not_there_is_2(stub: Stub) -> None:
    url = stub.origin("token")
    stub.__exit__()
    done = started(url)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"check.py: {url}: Connection refused\n")


def test_a_password_that_would_travel_in_clear_is_warned_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTOLAN_CHECK_PASSWORD", PASSWORD)
    assert main(["http://registry.invalid", "--user", USER]) == 2
    assert "the password goes to registry.invalid unencrypted" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_no_secret_is_printed(stub: Stub, words: list[str]) -> None:
    stub.auth = "bearer"
    stub.spoil = lambda asked, answer: answer.set(
        "access-control-allow-origin", f"{asked.headers['Authorization']} {TOKEN}"
    )
    done = started(stub.url, "--user", USER, *words)
    assert done.returncode == 1
    for secret in (PASSWORD, BASIC, BASIC[6:], TOKEN):
        assert secret not in done.stdout + done.stderr


def test_the_help_names_all_twenty_and_the_one_beyond(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for number in range(1, 22):
        assert re.search(rf"^.* {number}  \w", text, re.MULTILINE), number


def test_it_is_python_3_9_and_needs_nothing_of_this_project() -> None:
    tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 9))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert names <= sys.stdlib_module_names


@pytest.fixture(scope="module")
def sample() -> Iterator[Ask]:
    """The sample registry with some of its faults, a listener each."""
    listeners = ["a:basic,no-cors", "b:basic,no-cors-on-errors", "c:bearer,preflight-401", "d:anonymous,hidden-digest"]
    listeners += ["e:anonymous,hidden-link", "f:bearer,hidden-challenge", "far:storage,no-cors"]
    listeners += ["g:anonymous,redirect-blobs=far", "t:token,no-cors", "h:bearer,realm=t"]
    with playing(*listeners) as ask:
        yield ask


@pytest.mark.parametrize(
    ("listener", "failed"),
    [
        ("basic", set()),
        ("bearer", set()),
        ("a", {1, 2, 3, 4, 6, 7, 8, 9, 11}),
        ("b", {2, 3, 4}),
        ("c", {1}),
        ("d", {6, 7}),
        ("e", {8}),
        ("f", {2}),
        ("g", {9, 21}),
        ("h", {17, 18}),
    ],
)
def test_the_faults_of_the_sample_registry_are_found(
    sample: Ask, listener: str, failed: set[int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTOLAN_CHECK_PASSWORD", "harbour")
    words = ["--user", "sailor", "--repository", "sample/harbour", "--json"]
    assert main([sample.origins[listener], *words]) == int(bool(failed))
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert {check["number"] for check in checks if check["state"] == "failed"} == failed
