"""The rooms of app/ and the way between them, held by the imports; and what belongs in one place is in one place."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
SHELL = ROOT / "static" / "shell"
UNIT = ROOT / "tests" / "unit"

# Each room and those it may import from; itself always. main.py sees everything.
BASE = frozenset({"oci", "ports", "auth", "client"})
NEIGHBOURS = frozenset({"layers", "trust", "naming", "cors"})
ROOMS = {
    "oci": frozenset[str](),
    "ports": frozenset({"oci"}),
    "auth": frozenset({"oci", "ports"}),
    "client": frozenset({"oci", "ports", "auth"}),
    **dict.fromkeys(NEIGHBOURS, BASE),
    "state": BASE | NEIGHBOURS,
    "view": BASE | NEIGHBOURS | {"state"},
    "browser": frozenset({"oci", "ports"}),
}

# What exists in the page alone.
OF_THE_PAGE = frozenset({"js", "pyodide", "pyodide_js", "_pyodide", "polyscript", "pyscript"})

# Run in Chromium by tests/e2e, since they are nothing without a page.
TESTED_IN_THE_BROWSER = ("browser", "main.py")

LONGEST_MODULE = 300

# Ways of a script to turn a text into elements; `innerHTML` with any assignment or call behind it.
HTML_SINKS = re.compile(
    r"createPolicy|DOMParser|parseFromString|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTML|document\.write"
)


def modules() -> list[Path]:
    return sorted(file for file in APP.rglob("*.py") if "__pycache__" not in file.parts)


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def room_of(file: Path) -> str:
    """The room a module is in; its own name for one directly in app/."""
    return file.relative_to(APP).parts[0]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every import, also of those inside functions and for type checkers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A relative import would escape this test; ruff refuses them, and so does the next line.
            module = "." * node.level + (node.module or "")
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def wrong_imports(source: str, room: str) -> list[str]:
    """What a module of this room imports but may not, as `line N: NAME`."""
    wrong = []
    for line, name in imports(ast.parse(source)):
        parts = name.split(".")
        if name.startswith("."):
            wrong.append(f"line {line}: relative import {name}")
        elif parts[0] == "app" and len(parts) > 1 and room in ROOMS:
            if parts[1] != room and parts[1] not in ROOMS[room]:
                wrong.append(f"line {line}: {name}")
        elif parts[0] in OF_THE_PAGE and room not in ("browser", "main.py"):
            wrong.append(f"line {line}: {name}")
    return wrong


def html_literals(source: str) -> list[int]:
    """Lines with a text that begins like an element, `<` and a letter, `!` or `/`; docstrings aside."""
    tree = ast.parse(source)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and re.match(r"\s*<[a-zA-Z!/]", node.value)
    )


def test_every_room_is_one_that_the_design_names() -> None:
    rooms = {room_of(file) for file in modules()} - {"__init__.py", "main.py"}
    assert rooms <= set(ROOMS)


def test_a_module_imports_only_from_rooms_on_its_own_side() -> None:
    wrong = {
        f"{name_of(file)} {found}" for file in modules() for found in wrong_imports(file.read_text(), room_of(file))
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("oci", "from app.ports.clock import Clock"),
        ("auth", "import app.client.link"),
        ("client", "from app import state"),
        ("layers", "from app.trust.referrers import walk"),
        ("state", "def later():\n    from app.view.page import page"),
        ("browser", "from app.auth.flow import flow"),
        ("view", "from js import document"),
        ("oci", "import pyodide.ffi"),
        ("client", "from .link import next_page"),
    ],
)
def test_an_arrow_the_other_way_is_found(room: str, source: str) -> None:
    assert len(wrong_imports(source, room)) > 0


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("view", "from app.state.route import Route"),
        ("state", "from app.layers.tar import entries"),
        ("browser", "from js import fetch"),
        ("main.py", "from polyscript import xworker\nfrom app.view.page import page"),
        ("client", "import json\nfrom app.client.link import next_page"),
    ],
)
def test_an_arrow_of_the_design_is_let_through(room: str, source: str) -> None:
    assert wrong_imports(source, room) == []


def test_no_module_but_markup_writes_html() -> None:
    found = {
        f"{name_of(file)}:{line}"
        for file in modules()
        if name_of(file) != "app/view/markup.py"
        for line in html_literals(file.read_text())
    }
    assert found == set()


def test_a_text_that_begins_with_an_element_counts_as_html() -> None:
    assert html_literals('"""<p> in a docstring."""\nx = f"<b>{1}</b>"\ny = "a < b"\nz = "</p>"') == [2, 2, 4]


def test_one_script_turns_text_into_elements() -> None:
    scripts = {file.name for file in SHELL.rglob("*.js") if HTML_SINKS.search(without_comments(file.read_text()))}
    assert len(scripts) == 1


def without_comments(script: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", script, flags=re.DOTALL)


def test_every_module_has_its_test_module() -> None:
    places = [file.relative_to(APP) for file in modules() if file.name != "__init__.py"]
    wanted = {place.parent / f"test_{place.name}" for place in places if place.parts[0] not in TESTED_IN_THE_BROWSER}
    assert {str(place) for place in wanted if not (UNIT / place).is_file()} == set()


def test_a_package_file_holds_no_code() -> None:
    written = {
        name_of(file)
        for file in modules()
        if file.name == "__init__.py"
        for node in ast.parse(file.read_text()).body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    }
    assert written == set()


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    long = {name_of(file) for file in modules() if len(file.read_text().splitlines()) > LONGEST_MODULE}
    assert long == set()


def test_no_module_bears_the_name_of_one_of_the_standard_library() -> None:
    assert {name_of(file) for file in modules() if file.stem in sys.stdlib_module_names - {"__init__"}} == set()


def test_no_value_is_a_dataclass() -> None:
    users = {
        name_of(file) for file in modules() for _, name in imports(ast.parse(file.read_text())) if name == "dataclasses"
    }
    assert users == set()
