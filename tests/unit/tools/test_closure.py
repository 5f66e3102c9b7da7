import ast
import sys
from pathlib import Path

import pytest

from tools.closure import files_needed, imported, locate


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of a few modules, for an interpreter that has imported none of it yet."""
    for name, source in {
        "pages/__init__.py": "",
        "pages/first.py": "from pages import second\nfrom . import third",
        "pages/second.py": "import quick",
        "pages/third.py": "def later():\n    import slow",
        "pages/unused.py": "",
        "quick.py": "try:\n    import optional\nexcept ImportError:\n    optional = None",
        "optional.py": "",
        "slow.py": "",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(source)
    monkeypatch.setattr(sys, "modules", {**{name: sys.modules[name] for name in ("sys", "ast")}})
    return tmp_path


def test_what_is_imported_at_once_comes_along(library: Path) -> None:
    assert files_needed(library, ["pages.first"], []) == [
        "optional.py",
        "pages/__init__.py",
        "pages/first.py",
        "pages/second.py",
        "pages/third.py",
        "quick.py",
    ]


def test_what_is_left_out_stays_out_with_all_below_it(library: Path) -> None:
    found = files_needed(library, ["pages.first", "quick"], ["pages", "optional"])
    assert found == ["quick.py"]


def test_what_the_interpreter_has_imported_is_needed_without_being_asked_for(library: Path) -> None:
    sys.modules["slow"] = ast
    assert files_needed(library, [], []) == ["slow.py"]


def test_a_name_that_is_no_module_is_passed_over(library: Path) -> None:
    assert files_needed(library, ["quick.attribute", "nowhere"], ["optional"]) == []
    assert locate(library, "nowhere") is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a.b, c", ["a.b", "c"]),
        ("from a import b", ["a", "a.b"]),
        ("from . import b", ["pack.inner", "pack.inner.b"]),
        ("from ..other import b", ["pack.other", "pack.other.b"]),
        ("class A:\n    import b", ["b"]),
        ("if x:\n    import b", ["b"]),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b", ["typing", "typing.TYPE_CHECKING"]),
        ("if __name__ == '__main__':\n    import b", []),
        ("async def f():\n    import b", []),
    ],
)
def test_the_imports_that_run_at_import_are_found(source: str, expected: list[str]) -> None:
    assert list(imported(ast.parse(source), "pack.inner")) == expected
