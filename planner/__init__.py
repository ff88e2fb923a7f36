"""The planner: the year of an international organisation, checked and published."""

__version__ = "0.1.0"
