"""What a store raises when the disk, the lock or the ledger under it fails, or others are faster."""

from __future__ import annotations


class StoreFailure(Exception):  # noqa: N818 - the port calls it a failure: nobody typed anything wrong
    """A store could not do what it promised; nothing of the refused command took effect.

    Attributes:
        code: a message code of the engine's catalogue, `K1xx`.
        values: the values of the message, by placeholder.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def refused(code: str, file: object, error: OSError) -> StoreFailure:
    """The operating system would not: the failure with what it said."""
    return StoreFailure(code, file=str(file), reason=error.strerror or str(error))


TRIES = 64
"""So often a change is decided anew because another writer was faster."""


class BusyError(RuntimeError):
    """Other writers were faster, time and again."""
