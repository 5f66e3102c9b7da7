"""`python -m playground` (with cors-examples on the path) and `python cors-examples/playground` both start here."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if not __package__:
    # Run as a folder: python put the folder itself first on the path. What is wanted there is its parent, and
    # not the folder, whose modules are only meant to be found as playground.something.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != HERE]
    sys.path.insert(0, str(HERE.parent))

from playground.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
