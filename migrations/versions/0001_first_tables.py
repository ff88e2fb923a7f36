"""The first tables: head, revisions and log; register and events; runs of imports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Codes compare byte by byte on both databases.
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
APPLICATION_ID = 0x504C414E


def upgrade() -> None:
    _log()
    _register()
    _events()
    _parts()
    _claims()
    _runs()
    op.execute("INSERT INTO head (id, revision) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _key() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("programme", CODE, nullable=False), sa.Column("ref", CODE, nullable=False)


def _goes_with_event(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["programme", "ref"], ["event.programme", "event.ref"], name=f"fk_{name}_event", ondelete="CASCADE"
    )


def _log() -> None:
    """The head that writers queue for, revisions, and the log of changes."""
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head")),
    )
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint("who <> ''", name=op.f("ck_revision_somebody_wrote_it")),
        sa.CheckConstraint("number > 0", name=op.f("ck_revision_counts_from_one")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_revision")),
    )
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("programme", CODE, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("shape", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_change_sequence_never_negative")),
        sa.ForeignKeyConstraint(["revision"], ["revision.number"], name=op.f("fk_change_revision")),
        sa.PrimaryKeyConstraint("revision", "position", name=op.f("pk_change")),
    )
    op.create_index("ix_change_record", "change", ["sort", "programme", "code", "revision"], unique=True)


def _register() -> None:
    """Programmes and what they know by name."""
    op.create_table(
        "register",
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("programme", CODE, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("parent", CODE, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["revision.number"], name="fk_register_version"),
        sa.PrimaryKeyConstraint("sort", "programme", "code", name=op.f("pk_register")),
    )
    op.create_table(
        "name",
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("programme", CODE, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("folded", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sort", "programme", "code"],
            ["register.sort", "register.programme", "register.code"],
            name="fk_name_register",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sort", "programme", "code", "folded", name=op.f("pk_name")),
    )
    op.create_index("ix_name_folded", "name", ["folded"], unique=False)


def _events() -> None:
    """The latest state of the events."""
    op.create_table(
        "event",
        sa.Column("programme", CODE, nullable=False),
        sa.Column("ref", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("host", CODE, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("financing", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("blocks", sa.Boolean(name="blocks_yes_or_no"), nullable=True),
        sa.Column("fixed_by_nature", sa.Boolean(), nullable=False),
        sa.Column("approximate_by_nature", sa.Boolean(), nullable=False),
        sa.Column("disclosure", sa.String(length=10), nullable=True),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("foreign_uid", sa.Text(), nullable=False),
        sa.Column("when_mode", sa.String(length=20), nullable=False),
        sa.Column("when_words", sa.Text(), nullable=False),
        sa.Column("when_former", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ref NOT LIKE '%/%' AND ref NOT LIKE '%@%' AND ref <> ''", name=op.f("ck_event_ref_can_be_a_uid")
        ),
        sa.ForeignKeyConstraint(["version"], ["revision.number"], name="fk_event_version"),
        sa.PrimaryKeyConstraint("programme", "ref", name=op.f("pk_event")),
    )


def _parts() -> None:
    """What an event says: texts, bodies, priorities, windows."""
    op.create_table(
        "event_text",
        *_key(),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _goes_with_event("event_text"),
        sa.PrimaryKeyConstraint("programme", "ref", "field", "language", name=op.f("pk_event_text")),
    )
    op.create_table(
        "event_body",
        *_key(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", CODE, nullable=False),
        _goes_with_event("event_body"),
        sa.PrimaryKeyConstraint("programme", "ref", "position", name=op.f("pk_event_body")),
    )
    op.create_table(
        "event_priority",
        *_key(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("priority", CODE, nullable=False),
        _goes_with_event("event_priority"),
        sa.PrimaryKeyConstraint("programme", "ref", "position", name=op.f("pk_event_priority")),
    )
    op.create_table(
        "event_window",
        *_key(),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=15), nullable=True),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("starts", sa.String(length=32), nullable=True),
        sa.Column("tzdata", sa.String(length=20), nullable=True),
        sa.CheckConstraint("last >= first", name=op.f("ck_event_window_ends_after_it_starts")),
        sa.CheckConstraint("length IS NULL OR length >= 1", name=op.f("ck_event_window_lasts")),
        sa.CheckConstraint("part >= 1", name=op.f("ck_event_window_parts_count_from_one")),
        _goes_with_event("event_window"),
        sa.PrimaryKeyConstraint("programme", "ref", "is_former", "position", name=op.f("pk_event_window")),
    )


def _claims() -> None:
    """What events claim, and how they are linked."""
    op.create_table(
        "booking",
        *_key(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        _goes_with_event("booking"),
        sa.PrimaryKeyConstraint("programme", "ref", "position", name=op.f("pk_booking")),
    )
    op.create_index("ix_booking_resource", "booking", ["sort", "code"], unique=False)
    op.create_table(
        "link",
        *_key(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("to_ref", CODE, nullable=False),
        sa.Column("gap_days", sa.Integer(), nullable=True),
        _goes_with_event("link"),
        sa.PrimaryKeyConstraint("programme", "ref", "position", name=op.f("pk_link")),
    )


def _runs() -> None:
    """Imports, with every row and cell."""
    op.create_table(
        "import",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme", CODE, nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("encoding", sa.String(length=40), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revision.number"], name=op.f("fk_import_revision")),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_import")),
    )
    op.create_index("ix_import_list", "import", ["programme", "list_name"], unique=False)
    op.create_table(
        "listed",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", CODE, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("shape", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["revision"], ["import.revision"], name="fk_listed_import"),
        sa.PrimaryKeyConstraint("revision", "position", name=op.f("pk_listed")),
    )


def downgrade() -> None:
    for name in (
        "name",
        "register",
        "listed",
        "import",
        "link",
        "booking",
        "event_window",
        "event_priority",
        "event_body",
        "event_text",
        "event",
        "change",
        "revision",
        "head",
    ):
        op.drop_table(name)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 0")
