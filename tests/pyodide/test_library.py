"""The standard library that the page gets: compiled, trimmed, and all there that somebody imports."""

import zipfile
from pathlib import Path

import pytest

from tests.pyodide.conftest import Inside, RaisedInside
from tools import stdlib
from tools.paths import ROOT, VENDOR
from tools.vendor import jwt_wheel

APP = ROOT / "app"

# Runs in the page alone: these import `polyscript` or reach for what Node has not.
NEEDS_A_PAGE = ("app.main", "app.browser")


def app_modules() -> list[str]:
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in sorted(APP.rglob("*.py"))]
    names = [name.removesuffix(".__init__") for name in names]
    return [name for name in names if not name.startswith(NEEDS_A_PAGE)]


# Tells which of the names cannot be imported, and why. A name may be that of something in a module.
IMPORT_ALL = """
import importlib, importlib.util
failed = {{}}
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        parent, _, last = name.rpartition(".")
        if not parent or not hasattr(importlib.import_module(parent), last):
            failed[name] = str(error)
    except Exception as error:
        failed[name] = repr(error)
failed
"""


def test_python_is_the_version_that_the_files_were_compiled_for(inside: Inside) -> None:
    assert inside("import sys; list(sys.version_info[:2])") == [3, 14]


def test_every_module_of_the_app_can_be_imported(inside: Inside) -> None:
    assert inside(IMPORT_ALL.format(names=app_modules())) == {}


def test_every_import_of_the_app_and_of_pyjwt_works_also_inside_functions(inside: Inside) -> None:
    names = [name for name in stdlib.roots(APP, jwt_wheel()) if not name.startswith(("js", "polyscript"))]
    assert len(names) > 40
    assert inside(IMPORT_ALL.format(names=names)) == {}


def test_a_module_that_nobody_imports_is_left_out(inside: Inside) -> None:
    with pytest.raises(RaisedInside, match="No module named 'sqlite3'"):
        inside("import sqlite3")


@pytest.mark.parametrize(
    "archive", [VENDOR / "app.zip", VENDOR / "pyodide" / "python_stdlib.zip"], ids=lambda file: file.name
)
def test_no_python_is_compiled_in_the_page(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert [name for name in opened.namelist() if name.endswith(".py")] == []


def test_the_library_lies_at_the_place_that_tracebacks_name(inside: Inside) -> None:
    assert inside("import json; json.loads.__code__.co_filename") == "/lib/python314.zip/json/__init__.py"


def test_assertions_are_kept(inside: Inside) -> None:
    assert inside("__debug__") is True


def test_bytes_of_json_in_any_encoding_are_read(inside: Inside) -> None:
    code = """
import json
names = ("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le")
[json.loads('{"a": 1}'.encode(name))["a"] for name in names]
"""
    assert inside(code) == [1] * 5


def test_a_number_of_thousands_of_digits_is_read(inside: Inside) -> None:
    assert inside("len(str(int('9' * 4000)))") == 4000


def test_dates_are_parsed_and_formatted(inside: Inside) -> None:
    code = "from datetime import datetime\ndatetime.strptime('22 Nov 2026', '%d %b %Y').isoformat()"
    assert inside(code) == "2026-11-22T00:00:00"


def test_a_gzip_and_a_zstd_layer_can_be_opened(inside: Inside) -> None:
    code = """
import gzip, io, tarfile
from compression import zstd
packed = io.BytesIO()
with tarfile.open(fileobj=packed, mode="w") as tar:
    info = tarfile.TarInfo("etc/motd")
    info.size = 5
    tar.addfile(info, io.BytesIO(b"ahoy!"))
plain = packed.getvalue()
found = []
for data in (gzip.decompress(gzip.compress(plain)), zstd.decompress(zstd.compress(plain))):
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        found.append(tar.extractfile("etc/motd").read().decode())
found
"""
    assert inside(code) == ["ahoy!", "ahoy!"]


def test_the_build_is_told_to_the_app(inside: Inside) -> None:
    facts = inside("import json\njson.loads(open('portolan-build.json').read())")
    assert facts["version"]
    assert len(facts["build"]) == 12
