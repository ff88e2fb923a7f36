"""Migrations as the tests run them, with one more than there is."""

import shutil
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Engine

from planner.store.engine import make_engine, parse
from planner.store.schema import KNOWN, migrations_config, migrations_folder

# The way to a next form, made up: it makes the table `event` anew, which is where child rows are lost by default.
NEWEST, BEYOND = KNOWN[-1], "9999"
NEXT = f'''"""Weigh events."""

import sqlalchemy as sa
from alembic import op

revision = "{BEYOND}"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
        batch.create_check_constraint("weighs_something", "weight >= 0")
    op.create_table("weighing", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("weighing")
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint("weighs_something", type_="check")
        batch.drop_column("weight")
'''


ENGINES: list[Engine] = []


def configured(config: Config, location: str) -> Config:
    """The configuration with an engine for that place."""
    ENGINES.append(make_engine(parse(location), writes=True))
    config.attributes["engine"] = ENGINES[-1]
    return config


def with_next(folder: Path, url_of: str) -> Config:
    """The configuration of a copy of the migrations that has one more."""
    copy = folder / "migrations"
    if not copy.exists():
        shutil.copytree(migrations_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "versions" / f"{BEYOND}_weigh_events.py").write_text(NEXT)
    config = migrations_config(parse(url_of))
    config.set_main_option("script_location", str(copy))
    return configured(config, url_of)
