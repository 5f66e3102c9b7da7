"""`make site`: build/site, one folder to upload to any static host, under any path of it."""

import shutil
import sys
import tomllib
from pathlib import Path

from app.state.host_config import offered_origins, parse_host_config
from tools.paths import ROOT, SITE, relative
from tools.serve import COMPRESSED, SITE_FILES, SITE_FOLDERS
from tools.stamps import files_below
from tools.steps import StepFailed, fresh_folder

# Of the policy in index.html and of the extension's: any registry.
OPEN = "connect-src 'self' https: http:"


def main() -> int:
    try:
        with fresh_folder(SITE) as folder:
            copy_site(ROOT, folder)
            page = folder / "index.html"
            page.write_text(closed(page.read_text(), folder / "pyscript.toml"))
            # GitHub Pages hides files with a leading underscore unless told that no Jekyll is wanted.
            (folder / ".nojekyll").touch()
    except StepFailed as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    files = files_below(SITE)
    size = sum(file.stat().st_size for file in files)
    print(f"{relative(SITE)}: {len(files)} files, {size / 1e6:.1f} MB")
    return 0


def copy_site(root: Path, folder: Path) -> None:
    """Copies what the server serves, and nothing else, without the compressed twins: hosts make their own.

    Raises StepFailed when a file that the page cannot do without is missing.
    """
    sources = [root / name for name in SITE_FILES]
    missing = [relative(file) for file in [*sources, root / "static" / "vendor" / "app.zip"] if not file.is_file()]
    if missing:
        raise StepFailed(f"cannot build the site, missing: {', '.join(missing)}")
    for name in SITE_FOLDERS:
        sources += [file for file in files_below(root / name) if file.suffix not in COMPRESSED.values()]
    for source in sources:
        target = folder / source.relative_to(root)
        if any(part.startswith(".") for part in target.relative_to(folder).parts):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def closed(policy: str, configuration: Path) -> str:
    """A text with a Content-Security-Policy, which the page may connect to no other registries by, where the host of
    this copy said `only = true`; otherwise the text as it is. Raises StepFailed when the text has no such policy."""
    text = configuration.read_text()
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The page would say so and go on; here it is not known whether it may be open.
        raise StepFailed(f"{configuration.name} cannot be read: {error}") from error
    config = parse_host_config(text)
    for warning in config.warnings:
        print(f"portolan: {warning}", file=sys.stderr)
    if not config.only:
        return policy
    if policy.count(OPEN) != 1:
        raise StepFailed(f"only = true in {configuration.name}: the policy to close has no “{OPEN}”")
    return policy.replace(OPEN, " ".join(["connect-src 'self'", *offered_origins(config)]))


if __name__ == "__main__":
    sys.exit(main())
