"""docs/deploy.md is tried: its commands, settings and unit of systemd here, its nginx by test_two_hosts.py."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from c360_dash import auth
from c360_dash.auth import Role
from c360_dash.auth.users import users_of
from c360_dash.config import NAMES, Settings
from tests import documented

PAGE = "docs/deploy.md"


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database in which the page's commands were run, one after the other."""
    settings, folder = make_database(), tmp_path_factory.mktemp("reader")
    environ = {"C360_DATABASE_URL": settings.database_url or "", "C360_DATA_DIR": str(settings.data_dir)}
    for block in documented.blocks(PAGE):
        done = documented.run_in_shell(block, folder, environ)
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        assert "Published: build 1" in done.stdout
    return settings


def blocks_of_settings() -> dict[str, dict[str, str]]:
    """The settings that the page shows, each block by its names."""
    found = [dotenv_values(stream=StringIO(block)) for block in documented.blocks(PAGE, "dotenv")]
    return {",".join(block): {name: value or "" for name, value in block.items()} for block in found}


def test_ann_of_the_page_is_an_administrator(shop: Settings) -> None:
    assert users_of(shop).all()["ann"].role == Role.ADMIN


@pytest.mark.parametrize("names", list(blocks_of_settings()))
def test_settings_of_the_page_are_understood(names: str, shop: Settings) -> None:
    block = blocks_of_settings()[names]
    assert set(block) <= set(NAMES)
    settings = Settings.from_env(block)
    auth.refuse_unready(replace(settings, users_file=shop.data_dir / "users.json"))


def test_an_image_does_what_the_procfile_does() -> None:
    (image,) = documented.blocks(PAGE, "dockerfile")
    procfile = documented.page_text("Procfile")
    assert "C360_HOST=0.0.0.0 c360 serve" in procfile
    assert "ENV C360_HOST=0.0.0.0" in image
    assert 'CMD ["c360", "serve"]' in image


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze, which this machine has not")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    (unit,) = documented.blocks(PAGE, "ini")
    program = shutil.which("true")
    path = tmp_path / "customer-360.service"
    path.write_text(unit.replace("/opt/customer-360/bin/c360", str(program)).replace("User=c360", "User=root"))
    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if path.name in line] == []
