"""The sample: the programme of the CSTO chairmanship of 2020, its list, and the same list as first planned.

The column `source` of the lists says which rows are real, with the publication, and which are illustrative.
"""

from importlib.resources import files

PROGRAMME = "programme.toml"
LIST = "programme_2020.csv"
LIST_AS_PLANNED = "programme_2020_as_planned.csv"


def content(name: str) -> bytes:
    """The bytes of one of these files."""
    return files("planner.sample").joinpath(name).read_bytes()
