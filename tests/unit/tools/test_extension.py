import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import extension
from tools.extension import BROWSERS, Browser, manifest, pack
from tools.paths import ROOT


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Browser:
    browser: Browser = request.param
    return browser


def test_it_may_read_nothing_before_it_asks(browser: Browser) -> None:
    made = manifest(browser)
    assert made["optional_host_permissions"] == ["*://*/*"]
    assert not {"permissions", "host_permissions", "content_scripts", "web_accessible_resources"} & made.keys()


def test_it_is_of_the_version_of_the_project(browser: Browser) -> None:
    version = str(manifest(browser)["version"])
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text()
    # As both browsers want it: one to four numbers.
    assert re.fullmatch(r"\d+(\.\d+){0,3}", version)


def test_its_policy_lets_no_foreign_code_in(browser: Browser) -> None:
    made: Any = manifest(browser)
    policy = dict(part.strip().split(" ", 1) for part in made["content_security_policy"]["extension_pages"].split(";"))
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["worker-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["trusted-types"] == "portolan"


def test_each_browser_starts_the_script_in_its_own_way() -> None:
    assert manifest("chromium")["background"] == {"service_worker": "background.js"}
    firefox: Any = manifest("firefox")
    assert firefox["background"] == {"scripts": ["background.js"]}
    gecko = firefox["browser_specific_settings"]["gecko"]
    # MDN, browser_specific_settings: an address, or a GUID.
    assert re.fullmatch(r"[a-z0-9._-]*@[a-z0-9._-]+", gecko["id"])
    assert gecko["data_collection_permissions"] == {"required": ["none"]}
    assert "browser_specific_settings" not in manifest("chromium")


def test_what_the_manifest_names_is_there(browser: Browser, tmp_path: Path) -> None:
    folder = extension.build(browser, tmp_path / browser)
    made = json.loads((folder / "manifest.json").read_text())
    named = [*made["icons"].values(), *made["action"]["default_icon"].values(), "background.js", "index.html"]
    assert [name for name in named if not (folder / name).is_file()] == []
    assert (folder / "static" / "vendor" / "pyscript" / "worker.js").is_file()
    assert sorted((folder / "static" / "vendor" / "pyscript").glob("core-*.js"))
    # Chromium refuses a package with a name that begins like its own.
    assert [file for file in folder.rglob("_*") if file.name != "__init__.py"] == []


def test_the_same_files_give_the_same_zip(tmp_path: Path) -> None:
    archives = []
    for place in ("one", "two"):
        folder = tmp_path / place / "chromium"
        (folder / "sub").mkdir(parents=True)
        (folder / "sub" / "b.txt").write_text("b" * 1000)
        (folder / "a.txt").write_text("a")
        archives.append(pack(folder))
    assert archives[0].name == "portolan-chromium.zip"
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as archive:
        assert archive.namelist() == ["a.txt", "sub/b.txt"]
        assert archive.read("sub/b.txt") == b"b" * 1000
