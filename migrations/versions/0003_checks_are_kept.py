"""Checks that were kept, to compare later ones with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Codes compare byte by byte on both databases.
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "check_run",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_check_run_counts_from_one")),
        sa.CheckConstraint("who <> ''", name=op.f("ck_check_run_somebody_kept_it")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_check_run")),
    )
    op.create_table(
        "run_finding",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("finding", CODE, nullable=False),
        sa.Column("handle", sa.String(length=12), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("clash", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.String(length=10), nullable=True),
        sa.CheckConstraint("last >= first", name=op.f("ck_run_finding_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["run"], ["check_run.number"], name="fk_run_finding_check_run"),
        sa.PrimaryKeyConstraint("run", "position", name=op.f("pk_run_finding")),
    )


def downgrade() -> None:
    op.drop_table("run_finding")
    op.drop_table("check_run")
