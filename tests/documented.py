"""What documentation pages tell a reader to type: the blocks of code on a page, and a shell that runs them.

A page is a path from the root of the repository, such as docs/operate.md. By convention all `sh` blocks of a page, run
in their order in one folder, work; what cannot be run on any machine stands in a block of another kind (text, ini).
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"(?:^|\s+)#\s.*$")


def page_text(page: str) -> str:
    """The whole page."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str = "sh") -> list[str]:
    """The blocks of code in that language, in their order."""
    return [code for name, code in BLOCK.findall(page_text(page)) if name == language]


def commands(page: str) -> list[str]:
    """What the `sh` blocks say, a command a line: continued lines are one, comments are gone."""
    lines = "".join(blocks(page)).replace("\\\n", " ").splitlines()
    return [line for line in (COMMENT.sub("", line).strip() for line in lines) if line]


def run_in_shell(script: str, folder: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a block, or one command, as a reader who has activated our virtual environment; it ends at the first error.

    The environment is what is given, and nothing of the developer's but the way to programs.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
