"""`make extension`: the site as a browser extension, build/extension/chromium and firefox, folders and zips.

The same files, and what a browser wants of an extension: a manifest, icons, a script that opens the app, and PyScript's
worker as a file.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Literal

from tools import icon
from tools.packing import ZIP_EPOCH
from tools.paths import ROOT, VENDOR, relative
from tools.publish import closed, copy_site
from tools.stamps import files_below
from tools.steps import StepFailed, fresh_folder
from tools.vendor import version
from tools.worker_file import worker_source

Browser = Literal["chromium", "firefox"]
BROWSERS: tuple[Browser, ...] = ("chromium", "firefox")
EXTENSION = ROOT / "build" / "extension"

ICON_SIZES = (16, 32, 48, 128)

# Of the whole package, the worker's file included; the one in index.html applies to the page beside it.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' https: http:; worker-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types portolan"
)

BACKGROUND = 'chrome.action.onClicked.addListener(() => chrome.tabs.create({ url: "index.html" }));\n'

# The first with optional_host_permissions.
OLDEST_FIREFOX = "128.0"


def main() -> int:
    try:
        for browser in BROWSERS:
            folder = build(browser)
            archive = pack(folder)
            size = archive.stat().st_size
            print(f"{relative(folder)} and {archive.name}: {len(files_below(folder))} files, {size / 1e6:.1f} MB")
    except StepFailed as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    return 0


def build(browser: Browser, target: Path | None = None) -> Path:
    """The folder that a browser loads as it is. Raises StepFailed."""
    target = target or EXTENSION / browser
    with fresh_folder(target) as folder:
        copy_site(ROOT, folder)
        (folder / "manifest.json").write_text(json.dumps(manifest(browser), indent=2) + "\n")
        (folder / "background.js").write_text(BACKGROUND)
        drawn = icon.read(ROOT / "static" / "icon.svg")
        for size in ICON_SIZES:
            (folder / f"icon-{size}.png").write_bytes(icon.png(drawn, size))
        # Beside the core: what it imports is named relative to it.
        (folder / "static" / "vendor" / "pyscript" / "worker.js").write_text(worker_source(VENDOR / "pyscript"))
    return target


def manifest(browser: Browser) -> dict[str, object]:
    icons = {str(size): f"icon-{size}.png" for size in ICON_SIZES}
    made: dict[str, object] = {
        "manifest_version": 3,
        "name": "Portolan",
        "version": version(),
        "description": "Explores container registries. Reads one only after you allowed it.",
        "icons": icons,
        "action": {"default_title": "Open Portolan", "default_icon": icons},
        # None is granted at the start; the app asks for one registry at a time.
        "optional_host_permissions": ["*://*/*"],
        "content_security_policy": {"extension_pages": closed(POLICY, ROOT / "pyscript.toml")},
    }
    if browser == "chromium":
        return {**made, "background": {"service_worker": "background.js"}}
    gecko = {
        "id": "portolan@registry-explorer",
        "strict_min_version": OLDEST_FIREFOX,
        "data_collection_permissions": {"required": ["none"]},
    }
    return {**made, "background": {"scripts": ["background.js"]}, "browser_specific_settings": {"gecko": gecko}}


def pack(folder: Path) -> Path:
    """A zip beside the folder: the same files give the same bytes, whichever zlib this Python has."""
    archive = folder.with_name(f"portolan-{folder.name}.zip")
    with zipfile.ZipFile(archive, "w") as written:
        for file in files_below(folder):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), ZIP_EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, whatever the machine
            entry.compress_type = zipfile.ZIP_STORED  # shops compress anew, and zlibs differ
            written.writestr(entry, file.read_bytes())
    return archive


if __name__ == "__main__":
    sys.exit(main())
