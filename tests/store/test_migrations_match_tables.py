from pathlib import Path

import alembic.command
from alembic.script import ScriptDirectory

from planner.store.engine import make_engine, parse
from planner.store.schema import KNOWN, migrations_config


def test_migrations_lead_to_the_tables_the_program_uses(tmp_path: Path) -> None:
    url = parse(str(tmp_path / "plan.db"))
    config = migrations_config(url)
    config.attributes["engine"] = make_engine(url, writes=True)
    alembic.command.upgrade(config, "head")

    alembic.command.check(config)  # raises when autogenerate would still change something


def test_known_forms_are_the_migrations_there_are() -> None:
    scripts = ScriptDirectory.from_config(migrations_config(parse("plan.db")))

    assert KNOWN == tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def test_file_of_a_migration_says_what_it_does() -> None:
    scripts = ScriptDirectory.from_config(migrations_config(parse("plan.db")))

    names = [Path(script.path).stem for script in scripts.walk_revisions()]

    assert [name for name in names if len(name.split("_")) < 3] == []


def test_migrations_import_nothing_of_ours() -> None:
    scripts = ScriptDirectory.from_config(migrations_config(parse("plan.db")))

    imported = [script.path for script in scripts.walk_revisions() if "planner" in Path(script.path).read_text()]

    assert imported == []
