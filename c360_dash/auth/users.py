"""The file of users: names, roles and argon2id hashes of their passwords, made by `c360 user add`."""

import json
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from c360_dash.auth.roles import Role
from c360_dash.config import ConfigurationError, Settings
from c360_dash.errors import C360Error

SHORTEST_PASSWORD = 10
LONGEST = 200
AT_ONCE = 2
"""Each check takes 19 MB and 20 ms of a processor; more at a time would let strangers take the machine."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_checking = threading.BoundedSemaphore(AT_ONCE)


class UserError(C360Error):
    """A user cannot be added or removed; the text says why."""


@dataclass(frozen=True, slots=True)
class User:
    """One line of the file."""

    name: str
    role: Role
    password_hash: str


class Users:
    """The users of a file, read again whenever it changes: who is removed is out at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at: tuple[int, int] | None = None
        self._users: dict[str, User] = {}
        # Checked when nobody has the name, so that an unknown name takes as long as a wrong password.
        self._nobody = _hasher.hash(os.urandom(16).hex())

    def all(self) -> dict[str, User]:
        """The users by name; none while there is no file. Raises ConfigurationError."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        if (found.st_mtime_ns, found.st_ino) != self._read_at:
            self._users = _read(self.path)
            self._read_at = (found.st_mtime_ns, found.st_ino)
        return self._users

    def checked(self, name: str, password: str) -> User | None:
        """The user of that name and password; None, after the same time, when they do not go together."""
        user = self.all().get(as_name(name))
        with _checking:
            try:
                _hasher.verify(user.password_hash if user else self._nobody, password[:LONGEST])
            except (Argon2Error, InvalidHashError):
                return None
        return user

    def add(self, name: str, role: Role, password: str) -> bool:
        """Adds a user, or gives the one of that name another role and password; True when it is a new one."""
        key = as_name(name)
        if not key or len(key) > LONGEST or not key.isprintable():
            raise UserError(f"A name has 1 to {LONGEST} characters that can be seen.")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
            raise UserError(f"A password has {SHORTEST_PASSWORD} to {LONGEST} characters.")
        users = self.all()
        self._write({**users, key: User(key, role, _hasher.hash(password))})
        return key not in users

    def remove(self, name: str) -> None:
        """Removes a user. Raises UserError."""
        users = self.all()
        if as_name(name) not in users:
            raise UserError(f"There is no user {name}; `c360 user list` shows them.")
        self._write({key: user for key, user in users.items() if key != as_name(name)})

    def _write(self, users: dict[str, User]) -> None:
        """Whole or not at all, and for nobody else to read."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        document = {user.name: {"role": user.role, "password": user.password_hash} for user in users.values()}
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2, ensure_ascii=False)
        Path(temporary).replace(self.path)


def users_of(settings: Settings) -> Users:
    """The users of C360_USERS_FILE."""
    return Users(settings.users_file or settings.data_dir / "users.json")


def as_name(text: str) -> str:
    """A name as the file has it: upper and lower case are the same."""
    return text.strip().casefold()


def _read(path: Path) -> dict[str, User]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return {name: User(name, Role(entry["role"]), entry["password"]) for name, entry in document.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"The file of users {path} cannot be read ({error}); `c360 user add NAME` writes it."
        ) from error
