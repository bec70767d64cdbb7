"""A question over the screen that asks it; and how any screen is left: once, however fast keys come."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import NoActiveWorker, get_current_worker
from typing_extensions import override

T = TypeVar("T")


def may_leave(screen: Screen[Any]) -> bool:
    """True if the screen is on top; then nothing goes on for it but what leaves it."""
    if not screen.is_active:
        return False
    leaving = None
    with suppress(NoActiveWorker):
        leaving = get_current_worker()
    for worker in screen.workers:
        if worker.node is screen and worker is not leaving:
            worker.cancel()
    return True


class LeftOnce(Screen[T]):
    """A screen that hears keys only while it is there and on top."""

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that comes before the screen is there, or when it has just been left, does nothing."""
        is_there = self.is_active and self.is_mounted
        return is_there and super().check_action(action, parameters)

    @override
    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave for the screen before, with an answer where there is one."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()


class Dialog(ModalScreen[T], LeftOnce[T]):  # textual takes styles from the first of the bases
    """See the module's docstring."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The keys of the application do not reach what lies over a screen.
        Binding("question_mark,f1", "app.help", show=False),
    ]
