"""Write the next migration from the difference between the tables and the migrations so far.

    python tools/make_migration.py "what changes"

Read the result before committing it: it is a draft.
"""

from __future__ import annotations

import sys

from alembic import command
from alembic.script import ScriptDirectory

from bot.storage.database import Database
from bot.storage.migrate import alembic_config, migrate


def main() -> None:
    """Migrate a database in memory to the newest version, compare, write."""
    database = Database("sqlite://")
    migrate(database)
    with database.engine.begin() as connection:
        config = alembic_config(connection)
        count = len(list(ScriptDirectory.from_config(config).walk_revisions()))
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=f"{count + 1:04d}")


if __name__ == "__main__":
    main()
