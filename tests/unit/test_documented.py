"""Reading documentation pages: what counts as a command, and that a wrong one is noticed."""

from pathlib import Path

import pytest

from tests import documented

PAGE = """\
# A page

```sh
c360 load my_shop.sql files   # CSV, or Parquet
c360 rebuild \\
    --as-of 2026-01-31
# nothing but a comment
curl "http://localhost:8050/#top"
```

```ini
[Service]
```
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "page.md").write_text(PAGE)
    monkeypatch.setattr(documented, "ROOT", tmp_path)
    return "page.md"


def test_commands_are_the_lines_of_shell_blocks_without_comments(page: str) -> None:
    assert [" ".join(line.split()) for line in documented.commands(page)] == [
        "c360 load my_shop.sql files",
        "c360 rebuild --as-of 2026-01-31",
        'curl "http://localhost:8050/#top"',
    ]
    assert documented.blocks(page, "ini") == ["[Service]\n"]


def test_a_script_ends_at_its_first_error_and_finds_our_program(tmp_path: Path) -> None:
    done = documented.run_in_shell("c360 --version\ntouch here\nfalse | true\ntouch there", tmp_path, {})

    assert done.returncode == 1
    assert done.stdout.startswith("c360, version ")
    assert [path.name for path in tmp_path.iterdir()] == ["here"]
