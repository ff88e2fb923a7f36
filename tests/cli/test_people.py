import json
import re

from tests.cli.running import Planner


def test_people_are_let_in_listed_and_leave(planner: Planner) -> None:
    planner.load_sample()

    added = planner("people", "add", "Duty officer", "--role", "coordinator", "--by", "A test")
    again = planner("people", "add", "duty  officer", "--role", "reader", "--by", "A test")
    linked = planner("people", "link", "DUTY OFFICER")
    listed = json.loads(planner("people", "list", "--format", "json").out)
    left = planner("people", "leave", "Duty officer", "--yes")
    gone = planner("people", "link", "Duty officer")

    assert re.fullmatch(r"http://127\.0\.0\.1:8020/in/[\w-]{43}\n", added.out)
    assert (again.status, linked.status, left.status, gone.status) == (2, 0, 0, 2)
    assert "Duty officer is already there, as coordinator" in again.err
    assert added.out != linked.out
    assert [(each["name"], each["role"], each["sessions"]) for each in listed] == [("Duty officer", "coordinator", 0)]
    assert planner("people", "list").out == ""


def test_people_leave_without_a_yes_off_a_terminal_changes_nothing(planner: Planner) -> None:
    planner.load_sample()
    planner("people", "add", "Duty officer", "--role", "reader", "--by", "A test")

    left = planner("people", "leave", "Duty officer")

    assert left.status == 1
    assert "Duty officer  reader" in planner("people", "list").out
