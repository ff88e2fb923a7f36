"""Private addresses of feeds, and the ledger of what was served at each."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Codes compare byte by byte on both databases.
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "address",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("programme", CODE, nullable=False),
        sa.Column("feed", CODE, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires", sa.String(length=32), nullable=True),
        sa.Column("revoked", sa.String(length=32), nullable=True),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("fetched", sa.String(length=32), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.CheckConstraint("holder <> ''", name=op.f("ck_address_somebody_holds_it")),
        sa.ForeignKeyConstraint(["replaced_by"], ["address.number"], name="fk_address_replaced_by"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_address")),
        sa.UniqueConstraint("digest", name=op.f("uq_address_digest")),
    )
    op.create_table(
        "served",
        sa.Column("address", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(length=32), nullable=False),
        sa.Column("last", sa.String(length=32), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_served_last_not_before_first")),
        sa.ForeignKeyConstraint(["address"], ["address.number"], name=op.f("fk_served_address"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("address", "etag", name=op.f("pk_served")),
    )


def downgrade() -> None:
    op.drop_table("served")
    op.drop_table("address")
