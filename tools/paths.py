"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
REQUIREMENTS = ROOT / "tools" / "requirements"
SITE = ROOT / "build" / "site"


def venv_python() -> Path:
    """The interpreter of the project's own virtual environment, whether it exists yet or not."""
    return VENV / "bin" / "python"


def relative(path: Path) -> str:
    """The path as a person would type it in the checkout."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
