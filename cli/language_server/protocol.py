"""The protocol: a request that cannot be understood gets an answer, so that no editor waits for it."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from typing_extensions import override


class Protocol(LanguageServerProtocol):
    """Answers what cannot be understood; whatever it was, the server goes on."""

    @override
    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message, or a part of one that is no message itself.

        Raises:
            JsonRpcException: it is none, which the editor shows as well.
        """
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise
