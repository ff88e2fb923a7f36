"""The tables. What must hold is a constraint here, not a hope elsewhere.

Three families: *records* (the latest state, and the log it can be rebuilt from), *runs* (imports with every row and
cell), and *operations* (addresses and what was served there), which take no revision and no lock. Codes compare byte by
byte on both databases, so that sorting never depends on a locale.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Code = String().with_variant(String(collation="C"), "postgresql")
Instant = String(32)
"""An instant in UTC as ISO 8601 with microseconds: sorts as text, reads the same on both databases."""
Day = String(10)
"""A local day as ISO 8601; it has no zone of its own, so no database type may give it one."""

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

revision = Table(
    "revision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("means", String(40), nullable=False),
    Column("undoes", Integer),
    CheckConstraint("number > 0", name="counts_from_one"),
    CheckConstraint("who <> ''", name="somebody_wrote_it"),
)

change = Table(
    "change",
    metadata,
    Column("revision", ForeignKey("revision.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sort", String(20), nullable=False),
    Column("programme", Code, nullable=False),
    Column("code", Code, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("payload", Text),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("sequence >= 0", name="sequence_never_negative"),
    Index("ix_change_record", "sort", "programme", "code", "revision", unique=True),
)

register = Table(
    "register",
    metadata,
    Column("sort", String(20), primary_key=True),
    Column("programme", Code, primary_key=True),
    Column("code", Code, primary_key=True),
    Column("parent", Code, nullable=False),
    Column("data", Text, nullable=False),
    Column("version", ForeignKey("revision.number", name="fk_register_version"), nullable=False),
)

name = Table(
    "name",
    metadata,
    Column("sort", String(20), primary_key=True),
    Column("programme", Code, primary_key=True),
    Column("code", Code, primary_key=True),
    Column("folded", Code, primary_key=True),
    Column("name", Text, nullable=False),
    ForeignKeyConstraint(
        ["sort", "programme", "code"],
        ["register.sort", "register.programme", "register.code"],
        name="fk_name_register",
        ondelete="CASCADE",
    ),
    Index("ix_name_folded", "folded"),
)

event = Table(
    "event",
    metadata,
    Column("programme", Code, primary_key=True),
    Column("ref", Code, primary_key=True),
    Column("kind", Code, nullable=False),
    Column("status", String(20), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("host", Code, nullable=False),
    Column("decision", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("financing", Text, nullable=False),
    Column("people", Integer),
    Column("blocks", Boolean(name="blocks_yes_or_no")),
    Column("fixed_by_nature", Boolean, nullable=False),
    Column("approximate_by_nature", Boolean, nullable=False),
    Column("disclosure", String(10)),
    Column("layer", Text, nullable=False),
    Column("foreign_uid", Text, nullable=False),
    Column("when_mode", String(20), nullable=False),
    Column("when_words", Text, nullable=False),
    Column("when_former", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("version", ForeignKey("revision.number", name="fk_event_version"), nullable=False),
    CheckConstraint("ref NOT LIKE '%/%' AND ref NOT LIKE '%@%' AND ref <> ''", name="ref_can_be_a_uid"),
)


def _of_event(table: str, *columns: Column[object] | CheckConstraint | Index) -> Table:
    """A table whose rows belong to an event and go with it."""
    return Table(
        table,
        metadata,
        Column("programme", Code, primary_key=True),
        Column("ref", Code, primary_key=True),
        *columns,
        ForeignKeyConstraint(
            ["programme", "ref"], ["event.programme", "event.ref"], name=f"fk_{table}_event", ondelete="CASCADE"
        ),
    )


event_text = _of_event(
    "event_text",
    Column("field", String(20), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("text", Text, nullable=False),
)
event_body = _of_event(
    "event_body",
    Column("position", Integer, primary_key=True),
    Column("body", Code, nullable=False),
)
event_priority = _of_event(
    "event_priority",
    Column("position", Integer, primary_key=True),
    Column("priority", Code, nullable=False),
)
window = _of_event(
    "event_window",
    Column("is_former", Boolean, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part", Integer, nullable=False),
    Column("first", Day, nullable=False),
    Column("last", Day, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("precision", String(20), nullable=False),
    Column("at", String(15)),
    Column("length", Integer),
    # For fixed clock times: the instant it was, by which edition of the zone rules. A zone change becomes a list to
    # decide on, never a silent move.
    Column("starts", Instant),
    Column("tzdata", String(20)),
    CheckConstraint("last >= first", name="ends_after_it_starts"),
    CheckConstraint("part >= 1", name="parts_count_from_one"),
    CheckConstraint("length IS NULL OR length >= 1", name="lasts"),
)
booking = _of_event(
    "booking",
    Column("position", Integer, primary_key=True),
    Column("sort", String(20), nullable=False),
    Column("code", Code, nullable=False),
    Column("level", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("mode", String(20)),
    Column("quantity", Integer),
    Index("ix_booking_resource", "sort", "code"),
)
link = _of_event(
    "link",
    Column("position", Integer, primary_key=True),
    Column("relation", String(20), nullable=False),
    Column("to_ref", Code, nullable=False),
    Column("gap_days", Integer),
)

import_run = Table(
    "import",
    metadata,
    Column("revision", ForeignKey("revision.number"), primary_key=True, autoincrement=False),
    Column("programme", Code, nullable=False),
    Column("list_name", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("encoding", String(40), nullable=False),
    Column("header_row", Integer, nullable=False),
    Column("headings", Text, nullable=False),
    Column("options", Text, nullable=False),
    Index("ix_import_list", "programme", "list_name"),
)
listed = Table(
    "listed",
    metadata,
    Column("revision", ForeignKey("import.revision", name="fk_listed_import"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("ref", Code, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("cells", Text, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("payload", Text),
)

address = Table(
    "address",
    metadata,
    Column("number", Integer, primary_key=True),
    # All that is kept of a token is its SHA-256, in hex.
    Column("digest", String(64), nullable=False, unique=True),
    Column("programme", Code, nullable=False),
    Column("feed", Code, nullable=False),
    Column("holder", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires", Instant),
    Column("revoked", Instant),
    Column("replaced_by", ForeignKey("address.number", name="fk_address_replaced_by")),
    Column("fetched", Instant),
    Column("program", Text, nullable=False),
    CheckConstraint("holder <> ''", name="somebody_holds_it"),
)
served = Table(
    "served",
    metadata,
    Column("address", ForeignKey("address.number", ondelete="CASCADE"), primary_key=True),
    Column("etag", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("first", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    CheckConstraint("last >= first", name="last_not_before_first"),
)

check_run = Table(
    "check_run",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("day", Day, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("rules", Text, nullable=False),
    CheckConstraint("number > 0", name="counts_from_one"),
    CheckConstraint("who <> ''", name="somebody_kept_it"),
)
run_finding = Table(
    "run_finding",
    metadata,
    Column("run", ForeignKey("check_run.number", name="fk_run_finding_check_run"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("finding", Code, nullable=False),
    Column("handle", String(12), nullable=False),
    Column("rule", String(10), nullable=False),
    Column("refs", Text, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("certainty", String(20), nullable=False),
    Column("first", Day, nullable=False),
    Column("last", Day, nullable=False),
    Column("clash", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    Column("hidden", String(10)),
    CheckConstraint("last >= first", name="ends_after_it_starts"),
)
person = Table(
    "person",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("made", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("left_at", Instant),
    CheckConstraint("name <> ''", name="has_a_name"),
)
sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", ForeignKey("person.number"), nullable=False),
    Column("made", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("used", Instant),
)
web_session = Table(
    "web_session",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person", ForeignKey("person.number"), nullable=False),
    Column("made", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("program", Text, nullable=False),
)
