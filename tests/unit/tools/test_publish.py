from pathlib import Path

import pytest

from tools.publish import copy_site
from tools.stamps import digest_of, files_below
from tools.steps import StepFailed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in (
        "index.html",
        "pyscript.toml",
        "LICENSE",
        "README.md",
        "app/main.py",
        "app/oci/digest.py",
        "static/shell/main.js",
        "static/.env",
        "static/vendor/app.zip",
        "static/vendor/pyodide/pyodide.asm.wasm",
        "static/vendor/pyodide/pyodide.asm.wasm.br",
        "static/vendor/licenses/README.txt",
        "static/vendor/.pyodide.new/left.over",
    ):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return root


def test_the_site_is_what_the_server_serves_and_nothing_else(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    copy_site(root, site)
    assert sorted(file.relative_to(site).as_posix() for file in files_below(site)) == [
        "LICENSE",
        "app/main.py",
        "index.html",
        "pyscript.toml",
        "static/shell/main.js",
        "static/vendor/app.zip",
        "static/vendor/licenses/README.txt",
        "static/vendor/pyodide/pyodide.asm.wasm",
    ]


def test_the_same_checkout_gives_the_same_site(root: Path, tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        (tmp_path / name / "site").mkdir(parents=True)
        copy_site(root, tmp_path / name / "site")
        digests.add(digest_of([tmp_path / name / "site"]))
    assert len(digests) == 1


@pytest.mark.parametrize("name", ["index.html", "static/vendor/app.zip"])
def test_a_site_that_could_not_start_is_not_built(name: str, root: Path, tmp_path: Path) -> None:
    (root / name).unlink()
    with pytest.raises(StepFailed, match=name):
        copy_site(root, tmp_path)
