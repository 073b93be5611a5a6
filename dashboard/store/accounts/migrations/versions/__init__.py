"""The history of the tables of accounts, for Alembic."""
