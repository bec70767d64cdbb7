"""How instants are told to a reader."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct


class Instants(Struct, frozen=True):
    """The zone that a reader is told instants in.

    `apart`: others in the workspace are told them in other zones, so that each instant says how far its
    zone is from UTC.
    """

    zone: ZoneInfo
    apart: bool = False

    def told(self, moment: datetime) -> str:
        """An instant to the minute: `2026-03-02 09:00`, or `2026-03-02 09:00+08:00`.

        Of an hour that comes twice, when clocks are put back, it says which.
        """
        local = moment.astimezone(self.zone)
        if not self.apart and local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
            local = local.replace(tzinfo=None)
        return local.isoformat(" ", "minutes")
