"""Words that nobody is found by, taken for typing errors where the database has the extension pg_trgm.

The names most like them take their place. The PostgreSQL that comes with the program does not have the extension.
"""

from c360_dash import db, privacy
from c360_dash.db import Build


def corrected(build: Build, words: str) -> str | None:
    """The words without their typing errors, as far as names of customers tell; None where that cannot be found out."""
    if not privacy.sees_personal_data():
        return None  # A name that corrects a guess would be told to whoever may not see names.
    schemas = [row["schema_name"] for row in db.read_records("customers.similarity", build)]
    if not schemas or schemas[0] not in db.EXTENSION_SCHEMAS:
        return None
    found: str | None = db.read_records("customers.corrected" + db.in_schema(schemas[0]), build, words=words)[0][
        "words"
    ]
    return None if found == words.lower() else found
