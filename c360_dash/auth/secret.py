"""The key that signs sessions: C360_SECRET_KEY, or made once in the data directory."""

import os
import secrets
import tempfile
from pathlib import Path

from c360_dash.config import ConfigurationError, Settings


def secret_key(settings: Settings) -> str:
    """The key; the same in every process of a data directory. Raises ConfigurationError where it cannot be kept."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret_key"
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ConfigurationError(
            f"The key in {path} cannot be used ({error.strerror}); set C360_SECRET_KEY."
        ) from error


def _make(path: Path) -> None:
    """Whole at once, and only the first of several processes: the others find its file there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        Path(temporary).unlink()
