from pathlib import Path

import pytest

from tools.paths import NODE_MODULES
from tools.steps import StepFailed
from tools.worker_file import worker_source

DIST = NODE_MODULES / "@pyscript" / "core" / "dist"


def core(folder: Path, text: str, name: str = "core-Abc123.js") -> Path:
    (folder / name).write_text(text)
    return folder


def test_the_worker_of_the_locked_version_is_found() -> None:
    source = worker_source(DIST)
    assert source.startswith("const{assign:")
    assert "\n" in source
    assert "/*@*/" not in source


def test_it_imports_nothing_but_what_lies_beside_it() -> None:
    assert 'from"http' not in worker_source(DIST)


def test_another_worker_is_refused(tmp_path: Path) -> None:
    text = next(DIST.glob("core-*.js")).read_text().replace('"/*@*/"+\'const{', '"/*@*/"+\'let{')
    with pytest.raises(StepFailed, match=r"0\.7\.31"):
        worker_source(core(tmp_path, text))


@pytest.mark.parametrize("text", ["", "\"/*@*/\"+'a';\"/*@*/\"+'a'"])
def test_a_core_without_exactly_one_mark_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="mark"):
        worker_source(core(tmp_path, text))


def test_a_mark_before_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no literal"):
        worker_source(core(tmp_path, '"/*@*/"+`a`'))


def test_there_is_one_core(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="found 0"):
        worker_source(tmp_path)
    core(tmp_path, "", "core-a.js")
    core(tmp_path, "", "core-b.js")
    with pytest.raises(StepFailed, match="found 2"):
        worker_source(tmp_path)
