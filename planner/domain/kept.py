"""Answers of the board about an event, worked out once: rules ask the same of all pairs."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from planner.domain.board import Board
    from planner.domain.event import Event

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Method = Callable[Concatenate["Board", "Event", Given], Answer]


def kept(method: "Method[Given, Answer]") -> "Method[Given, Answer]":
    """The same method, which works out its answer once for each event of a board: rules ask the same of all pairs."""

    @wraps(method)
    def look_up(board: "Board", event: "Event", /, *given: Any) -> Any:
        key = method, id(event), given
        known = board.answers.get(key)
        if known is None:
            # The event is kept beside its answer, so that its id cannot pass to another one.
            known = board.answers[key] = event, method(board, event, *given)  # type: ignore[call-arg]
        return known[1]

    return cast("Method[Given, Answer]", look_up)


def kept_across_boards(method: "Method[Given, Answer]") -> "Method[Given, Answer]":
    """The same for what depends on the event and the registers alone: boards with other events share the answers."""

    @wraps(method)
    def look_up(board: "Board", event: "Event", /, *given: Any) -> Any:
        key = method, id(event), given
        known = board.shared_answers.get(key)
        if known is None:
            known = board.shared_answers[key] = event, method(board, event, *given)  # type: ignore[call-arg]
        return known[1]

    return cast("Method[Given, Answer]", look_up)
