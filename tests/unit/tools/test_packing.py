import importlib.util
import json
import marshal
import types
import zipfile
from pathlib import Path

import pytest

from tools.packing import ZIP_EPOCH, Job, compiled, run, write_zip


@pytest.fixture
def job(tmp_path: Path) -> Job:
    files = {"b.py": '"""Doc."""\nx = 1\n', "a/__init__.py": "", "data.json": "{}"}
    entries = []
    for name, text in files.items():
        file = tmp_path / "sources" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        entries.append((name, str(file)))
    return {
        "out": str(tmp_path / "out.zip"),
        "mounted_at": "/home/pyodide",
        "entries": entries,
        "library": "",
        "roots": [],
        "left_out": [],
    }


def code_of(pyc: bytes) -> types.CodeType:
    code = marshal.loads(pyc[16:])  # noqa: S302 - our own bytes, a moment old
    assert isinstance(code, types.CodeType)
    return code


def test_two_builds_are_the_same_to_the_byte(job: Job) -> None:
    write_zip(job)
    first = Path(job["out"]).read_bytes()
    for _, path in job["entries"]:
        Path(path).touch()
    job["entries"].reverse()
    write_zip(job)
    assert Path(job["out"]).read_bytes() == first


def test_sources_become_compiled_files_and_others_are_copied(job: Job) -> None:
    write_zip(job)
    with zipfile.ZipFile(job["out"]) as archive:
        assert archive.namelist() == ["a/__init__.pyc", "b.pyc", "data.json"]
        assert archive.read("data.json") == b"{}"
        assert {info.date_time for info in archive.infolist()} == {ZIP_EPOCH}


def test_a_compiled_file_is_taken_without_a_look_at_its_source() -> None:
    pyc = compiled(b"x = 1\n", "/lib/a.py")
    assert pyc[:4] == importlib.util.MAGIC_NUMBER
    # PEP 552: by hash (bit 0), and not to be checked (bit 1 is not set).
    assert int.from_bytes(pyc[4:8], "little") == 0b01


def test_tracebacks_name_the_place_where_the_file_will_lie() -> None:
    assert code_of(compiled(b"x = 1\n", "/lib/python314.zip/a.py")).co_filename == "/lib/python314.zip/a.py"


def test_docstrings_go_and_the_code_behind_them_stays() -> None:
    source = b'''
"""Doc."""
from __future__ import annotations
class A:
    """Only this."""
def f():
    """Doc."""
    return 2
'''
    names: dict[str, object] = {}
    exec(code_of(compiled(source, "a.py")), names)  # noqa: S102
    assert names.get("__doc__") is None
    assert names["A"].__doc__ is None
    assert names["f"].__doc__ is None
    assert names["f"]() == 2  # type: ignore[operator]


def test_a_text_that_is_no_docstring_stays() -> None:
    names: dict[str, object] = {}
    exec(code_of(compiled(b"x = 'kept'\n", "a.py")), names)  # noqa: S102
    assert names["x"] == "kept"


def test_assertions_are_compiled() -> None:
    with pytest.raises(AssertionError):
        exec(code_of(compiled(b"assert False\n", "a.py")))  # noqa: S102


def test_a_library_gives_what_the_roots_need(job: Job, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "needed_by_all.py").write_text("")
    (library / "spare.py").write_text("")
    job["library"], job["roots"] = str(library), ["needed_by_all"]
    write_zip(job)
    with zipfile.ZipFile(job["out"]) as archive:
        assert "needed_by_all.pyc" in archive.namelist()
        assert "spare.pyc" not in archive.namelist()


def test_a_job_is_read_from_a_file(job: Job, tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    file.write_text(json.dumps(job))
    assert run(str(file)).startswith("out.zip: 3 files, ")
