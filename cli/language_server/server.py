"""The server: which question of the protocol is answered by what."""

from __future__ import annotations

import asyncio
from importlib.metadata import version

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from cli.failures import StopError
from cli.language_server import answers, colours, hints, problems
from cli.language_server.document import Document
from cli.language_server.protocol import Protocol
from cli.options import Options
from cli.shelf import Shelf
from cli.texts import MESSAGES
from dsl.catalogue import Language
from dsl.editor.renaming import renamed
from dsl.resolve.traces import Use

PAUSE = 0.05
"""Seconds for which nothing is typed before a text is checked."""


class BatonServer(LanguageServer):
    """Answers for the texts that are open in one editor.

    Args:
        options: of the command line; the language holds until the editor says which it speaks.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(
            "baton",
            version("batonpass"),
            # Whole texts: pygls counts lines in changes otherwise than editors do.
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
        )
        self.language: Language = options.language
        self._options = options
        self._documents: dict[str, Document] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def open(self, uri: str, text: str, number: int | None) -> None:
        """Takes a text, or its next form, and checks it when nothing more is typed."""
        document = self._documents.get(uri)
        if document is None:
            encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
            document = Document(uri, text, Shelf(self._options), encoding)
            self._documents[uri] = document
        document.change(text, number)
        self._publish_soon(uri)

    def look_again(self) -> None:
        """Files have changed: every open text may have another base now."""
        for uri, document in self._documents.items():
            document.change(document.source.original, document.version)
            self._publish_soon(uri)

    def close(self, uri: str) -> None:
        """Forgets a text and takes its problems back."""
        self._stop_waiting(uri)
        self._documents.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def document(self, uri: str) -> Document:
        """An open text.

        Raises:
            JsonRpcInvalidParams: the editor has not opened it.
        """
        if uri not in self._documents:
            message = MESSAGES.say(self.language, "lsp.not_open", uri=uri)
            raise JsonRpcInvalidParams(message)
        return self._documents[uri]

    def _publish_soon(self, uri: str) -> None:
        self._stop_waiting(uri)
        loop = asyncio.get_running_loop()
        self._waiting[uri] = loop.call_later(PAUSE, self._publish, uri)

    def _stop_waiting(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def _publish(self, uri: str) -> None:
        self._waiting.pop(uri, None)
        document = self.document(uri)
        try:
            found = problems.diagnostics(document, self.language)
        except StopError as stop:
            found = [problems.stopped(stop)]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, document.version)
        )


def make_server(options: Options) -> BatonServer:
    """A server that has not begun to listen."""
    server = BatonServer(options)
    _documents(server)
    _questions(server)
    _changes(server)
    return server


def _documents(server: BatonServer) -> None:
    """What an editor tells."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        if params.locale:
            server.language = "zh" if params.locale.lower().startswith("zh") else "en"

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        text = params.text_document
        server.open(text.uri, text.text, text.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        identifier = params.text_document
        server.open(identifier.uri, params.content_changes[-1].text, identifier.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(_params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again()


def _questions(server: BatonServer) -> None:
    """What an editor asks about a text."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[".", " ", "{"])
    )
    def completion(params: types.CompletionParams) -> types.CompletionList:
        return answers.completion(server.document(params.text_document.uri), params.position)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.document(params.text_document.uri)
        return answers.hover(document, params.position, server.language)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        return answers.definition(server.document(params.text_document.uri), params.position)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        document = server.document(params.text_document.uri)
        declaration = params.context.include_declaration
        return answers.references(document, params.position, declaration=declaration)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return answers.symbols(server.document(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        document = server.document(params.text_document.uri)
        return hints.hints(document, params.range, server.language)

    @server.feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        types.SemanticTokensLegend(list(colours.LEGEND), list(colours.MODIFIERS)),
    )
    def semantic_tokens(params: types.SemanticTokensParams) -> types.SemanticTokens:
        return colours.semantic_tokens(server.document(params.text_document.uri))


def _changes(server: BatonServer) -> None:
    """What an editor wants changed."""

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        return answers.formatting(server.document(params.text_document.uri))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, problems.FIX_ALL]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.document(params.text_document.uri)
        return problems.actions(document, params.range, server.language)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        document = server.document(params.text_document.uri)
        name = document.name_at(params.position)
        return None if name is None else document.positions.range(name.span)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit:
        document = server.document(params.text_document.uri)
        name = document.name_at(params.position)
        if name is None:
            raise _refused(server, "no_place", params.new_name)
        return _rename(server, document, name, params.new_name)


def _rename(server: BatonServer, document: Document, name: Use, new: str) -> types.WorkspaceEdit:
    places = document.outcome.names.places(name)
    if any(place.span.end > len(document.source.original) for place in places):
        raise _refused(server, "elsewhere", new)
    edits = renamed(document.outcome.names, name, new.strip("`"), document.dialect)
    if isinstance(edits, str):
        raise _refused(server, edits, new)
    return problems.workspace_edit(document, edits)


def _refused(server: BatonServer, why: str, new: str) -> JsonRpcInvalidParams:
    return JsonRpcInvalidParams(MESSAGES.say(server.language, f"lsp.{why}", name=new))
