import json
import re
import zipfile
from pathlib import Path

import pytest

from tools.paths import VENDOR
from tools.stamps import files_below
from tools.vendor import build_id, copy_script, pyscript_files


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    for name, text in {
        "core.js": 'export{a}from"./core-X1.js";',
        "core-X1.js": 'import("./py-editor-X2.js");',
        "py-editor-X2.js": "",
        "error-X4.js": 'import{b}from"./shared-X3.js";',
        "shared-X3.js": "",
        "toml-X5.js": "",
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_of_pyscript_what_is_imported_at_once_or_named_is_taken(dist: Path) -> None:
    assert pyscript_files(dist) == ["core-X1.js", "core.js", "error-X4.js", "shared-X3.js"]


def test_a_script_loses_its_pointer_to_a_source_map(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('const text = "//# sourceMappingURL=kept";\n//# sourceMappingURL=a.js.map\n')
    copy_script(tmp_path / "a.js", tmp_path / "b.js")
    assert (tmp_path / "b.js").read_text() == 'const text = "//# sourceMappingURL=kept";\n'


def test_the_same_tree_has_the_same_build() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", build_id())
    assert build_id() == build_id()


def test_no_vendored_script_points_to_a_source_map() -> None:
    scripts = [file for file in files_below(VENDOR) if file.suffix in {".js", ".mjs"}]
    assert len(scripts) > 5
    assert [file.name for file in scripts if re.search("^//# sourceMappingURL=", file.read_text(), re.MULTILINE)] == []


def test_pyodide_finds_a_lock_file_that_names_no_packages() -> None:
    lock = json.loads((VENDOR / "pyodide" / "pyodide-lock.json").read_text())
    assert lock["packages"] == {}
    assert lock["info"]["python"].startswith("3.14.")


def test_what_is_vendored_has_its_notices() -> None:
    notices = VENDOR / "licenses"
    index = (notices / "README.txt").read_text()
    for name in re.findall(r"\b[a-z0-9.-]+\.txt\b", index):
        assert (notices / name).stat().st_size > 500, name
    for folder in ("pyodide/", "pyscript/", "morphdom/", "hash-wasm/", "app.zip"):
        assert f"\n{folder}" in index


def test_the_app_carries_pyjwt_and_the_facts_of_the_build() -> None:
    with zipfile.ZipFile(VENDOR / "app.zip") as archive:
        assert {"portolan-build.json", "app/__init__.pyc", "jwt/api_jwt.pyc"} <= set(archive.namelist())
        assert archive.read("portolan-build.json") == (VENDOR / "build.json").read_bytes()
