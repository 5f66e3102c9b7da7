from pathlib import Path

import pytest

from tools.paths import ROOT
from tools.publish import closed, copy_site
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


POLICY = "default-src 'none'; connect-src 'self' https: http:; base-uri 'none'"
ONLY = """[portolan]
only = true
[[portolan.registries]]
url = "https://registry.example.com"
realms = ["https://auth.example.com/token"]
storage = ["https://blobs.example.com:8443"]
[[portolan.registries]]
url = "https://docker.io"
"""


def configured(folder: Path, text: str) -> Path:
    file = folder / "pyscript.toml"
    file.write_text(text)
    return file


def test_a_copy_for_certain_registries_may_connect_to_these_alone(tmp_path: Path) -> None:
    assert closed(POLICY, configured(tmp_path, ONLY)) == (
        "default-src 'none'; connect-src 'self' https://registry.example.com https://auth.example.com "
        "https://blobs.example.com:8443 https://registry-1.docker.io; base-uri 'none'"
    )


def test_another_copy_may_connect_to_any_registry(tmp_path: Path) -> None:
    assert closed(POLICY, configured(tmp_path, ONLY.replace("true", "false"))) == POLICY


def test_a_copy_whose_only_is_not_understood_is_closed_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "https: http:" not in closed(POLICY, configured(tmp_path, ONLY.replace("true", '"yes"')))
    assert "neither true nor false" in capsys.readouterr().err


def test_a_configuration_that_cannot_be_read_builds_no_site(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match=r"pyscript\.toml"):
        closed(POLICY, configured(tmp_path, "[portolan\nonly = true"))


def test_a_page_whose_policy_cannot_be_closed_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="connect-src"):
        closed("default-src *", configured(tmp_path, ONLY))


def test_the_policy_of_the_page_is_one_that_can_be_closed(tmp_path: Path) -> None:
    page = (ROOT / "index.html").read_text()
    assert "connect-src 'self' https://registry.example.com" in closed(page, configured(tmp_path, ONLY))
