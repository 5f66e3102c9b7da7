"""`make lock`: resolves the dependency groups of pyproject.toml anew into tools/requirements/.

`uv pip compile` writes neither addresses nor settings of this machine into its output; `uv.lock` and pip-compile do.
"""

import os
import sys

from tools.paths import REQUIREMENTS, ROOT, VENV
from tools.steps import StepFailed, finish

GROUPS = ("run", "test", "check", "lock")


def main() -> int:
    # An address from this machine's configuration must not decide what is found either.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    uv = [
        str(VENV / "bin" / "uv"),
        "pip",
        "compile",
        "--quiet",
        "--upgrade",
        "--universal",
        "--python-version",
        "3.11",
        "--no-config",
    ]
    plain = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    try:
        for group in GROUPS:
            finish(
                [*uv, *plain, "--group", f"pyproject.toml:{group}", "-o", str(REQUIREMENTS / f"{group}.txt")],
                f"locking {group}",
                env,
            )
        finish(
            [*uv, *plain, "pyproject.toml", "-o", str(REQUIREMENTS / "browser.txt")],
            "locking what the page imports",
            env,
        )
    except StepFailed as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    print(f"Locked {', '.join(GROUPS)} and browser in {REQUIREMENTS.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
