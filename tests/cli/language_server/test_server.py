"""The real server, asked as an editor asks it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SMALL = (Path(__file__).parents[2] / "cases" / "editor" / "small.rulebook").read_text("utf-8")
URI = "untitled:small.rulebook"
RARE = "𠮷"
"""A surname outside the basic plane: two code units of UTF-16."""


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[sys.executable, "-m", "cli.main", "lsp", "--stdio"]),
)
async def client(lsp_client: LanguageClient):
    await lsp_client.initialize_session(
        types.InitializeParams(client_capabilities("visual-studio-code"), locale="en")
    )
    yield
    await lsp_client.shutdown_session()


async def opened(client, text=SMALL, uri=URI):
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "baton", 1, text))
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[uri]


def at(text, piece, shift=0):
    """The place of the first sign of a piece, in UTF-16."""
    offset = text.index(piece) + shift
    line = text.count("\n", 0, offset)
    begin = text.rfind("\n", 0, offset) + 1
    return types.Position(line, len(text[begin:offset].encode("utf-16-le")) // 2)


def piece(text, range_):
    """The text of a range."""

    def offset(place):
        begin = sum(len(line) for line in text.splitlines(keepends=True)[: place.line])
        units = text[begin:].encode("utf-16-le")[: 2 * place.character]
        return begin + len(units.decode("utf-16-le"))

    return text[offset(range_.start) : offset(range_.end)]


def here(text, where, shift=0):
    return types.TextDocumentIdentifier(URI), at(text, where, shift)


@pytest.mark.asyncio
async def test_problems_are_told_while_one_types(client):
    assert list(await opened(client)) == []
    wrong = SMALL.replace("step leaver", f"step leavr # {RARE}")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(2, URI),
            [types.TextDocumentContentChangeWholeDocument(wrong)],
        )
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (found,) = client.diagnostics[URI]
    assert found.code == "E201"
    assert piece(wrong, found.range) == "leavr"
    (action, *_) = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(URI), found.range, types.CodeActionContext([])
        )
    )
    (edit,) = action.edit.changes[URI]
    assert (piece(wrong, edit.range), edit.new_text) == ("leavr", "leaver")


@pytest.mark.asyncio
async def test_names_are_completed_shown_found_and_changed(client):
    text = SMALL.replace("step leaver", f"# {RARE}{RARE}\n  step leaver")
    text = text.replace('"Leaver"', f'"{RARE}*Leaver*"')
    await opened(client, text)
    asked = types.CompletionParams(*here(text, "step leaver", 6))
    offered = await client.text_document_completion_async(asked)
    assert {"manager", "leaver"} <= {item.label for item in offered.items}
    shown = await client.text_document_hover_async(types.HoverParams(*here(text, "step leaver", 6)))
    assert shown.contents.value.startswith(f"**role** `leaver` — {RARE}\\*Leaver\\*")
    assert "is subject" in shown.contents.value
    place = await client.text_document_definition_async(
        types.DefinitionParams(*here(text, "step leaver", 6))
    )
    assert place.range.start == at(text, "role leaver", 5)
    found = await client.text_document_references_async(
        types.ReferenceParams(
            types.ReferenceContext(include_declaration=True), *here(text, "step leaver", 6)
        )
    )
    assert len(found) == text.count("leaver") == len([piece(text, one.range) for one in found])
    changed = await client.text_document_rename_async(
        types.RenameParams(*here(text, "step leaver", 6), new_name="person leaving")
    )
    edits = changed.changes[URI]
    assert {(piece(text, edit.range), edit.new_text) for edit in edits} == {
        ("leaver", "`person leaving`")
    }


@pytest.mark.asyncio
async def test_a_name_that_cannot_be_is_refused(client):
    await opened(client)
    for new in ("manager", "a.b", ""):
        with pytest.raises(Exception, match=r"name|declared"):
            await client.text_document_rename_async(
                types.RenameParams(*here(SMALL, "step leaver", 6), new_name=new)
            )


@pytest.mark.asyncio
async def test_a_text_is_outlined_coloured_and_formatted(client):
    text = SMALL.replace("step leaver", f"step   leaver # {RARE}") + f"# {RARE} end"
    await opened(client, text)
    document = types.TextDocumentIdentifier(URI)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert [one.name for one in symbols][:3] == ["customer", "customers", "kind"]
    assert [one.name for one in symbols[0].children] == ["code", "name"]
    colours = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(document)
    )
    assert len(colours.data) % 5 == 0
    assert list(colours.data[:5]) == [0, 0, len("rulebook"), 0, 0]
    (edit,) = await client.text_document_formatting_async(
        types.DocumentFormattingParams(document, types.FormattingOptions(2, insert_spaces=True))
    )
    assert edit.range.end == types.Position(
        text.count("\n"), len(f"# {RARE} end".encode("utf-16-le")) // 2
    )
    assert "  step leaver  # " in edit.new_text


@pytest.mark.asyncio
async def test_what_is_not_open_or_not_meant_is_answered_and_the_server_lives(client):
    other = types.TextDocumentIdentifier("untitled:gone.rulebook")
    with pytest.raises(Exception, match="gone"):
        await client.text_document_hover_async(types.HoverParams(other, types.Position(0, 0)))
    await opened(client, "\x00 not a rulebook", "untitled:odd.rulebook")
    await opened(client, SMALL)
    far = types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(900, 900))
    assert await client.text_document_hover_async(far) is None


@pytest.mark.asyncio
async def test_a_tailored_text_is_read_with_its_base(client, tmp_path):
    base = tmp_path / "base.rulebook"
    base.write_text(SMALL, "utf-8")
    file = tmp_path / "own.rulebook"
    text = 'rulebook own "Own"\n  version 1.0.0\n  extends small 1.x\n\nadjust item files\n  accountable leaver\n'
    file.write_text(text, "utf-8")
    assert list(await opened(client, text, file.as_uri())) == []
    document = types.TextDocumentIdentifier(file.as_uri())
    where = at(text, "accountable leaver", 12)
    place = await client.text_document_definition_async(types.DefinitionParams(document, where))
    assert place.uri == base.as_uri()
    assert place.range.start == at(SMALL, "role leaver", 5)
    shown = await client.text_document_hover_async(types.HoverParams(document, where))
    assert 'role leaver "Leaver" is subject' in shown.contents.value
    with pytest.raises(Exception, match="base"):
        await client.text_document_rename_async(types.RenameParams(document, where, "goer"))
    offered = await client.text_document_completion_async(types.CompletionParams(document, where))
    assert {"manager", "leaver"} <= {item.label for item in offered.items}
    tailored = at(text, "adjust item files", 12)
    place = await client.text_document_definition_async(types.DefinitionParams(document, tailored))
    assert (place.uri, place.range.start) == (base.as_uri(), at(SMALL, "item files", 5))
    shown = await client.text_document_hover_async(types.HoverParams(document, tailored))
    first, *lines = shown.contents.value.split("```baton\n")[1].splitlines()
    assert first.partition("  #")[2].startswith(" base.rulebook:")
    assert "  accountable leaver" in [line.partition("  #")[0].rstrip() for line in lines]
    assert any(line.endswith("# own.rulebook:6") for line in lines)
    offered = await client.text_document_completion_async(
        types.CompletionParams(document, tailored)
    )
    assert [item.label for item in offered.items if item.label == "files"] == ["files"]


@pytest.mark.asyncio
async def test_deadlines_are_shown_as_the_first_scenario_plays_them(client):
    played = SMALL.replace("step manager as last", f"step {RARE} as last within 2 days")
    text = f"""{played}
role {RARE} "{RARE}" is anyone in group "G"

scenario one "One"
  given kind resigned
  given customers code "1", name "x"
  start on 2026-03-02 09:00
  leaver approves yes "fine"
  {RARE} approves yes "fine"
"""
    assert list(await opened(client, text)) == []
    document = types.TextDocumentIdentifier(URI)

    async def hints(end):
        whole = types.Range(types.Position(0, 0), types.Position(end, 0))
        return await client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))

    step, item = sorted(await hints(900), key=lambda hint: hint.label)
    assert (step.position, step.label) == (at(text, "2 days\n", 6), "2026-03-04 18:00")
    assert (item.position, item.label) == (at(text, "3 days", 6), "2026-03-05 18:00")
    assert "one" in item.tooltip
    assert list(await hints(3)) == []
    await opened(client, text.replace("step leaver", "step nobody"), "untitled:odd.rulebook")
    document = types.TextDocumentIdentifier("untitled:odd.rulebook")
    assert list(await hints(900)) == []


@pytest.mark.asyncio
async def test_a_base_that_vanishes_while_the_server_runs_is_told(client, tmp_path):
    base, file = tmp_path / "base.rulebook", tmp_path / "own.rulebook"
    base.write_text(SMALL, "utf-8")
    text = 'rulebook own "Own"\n  version 1.0.0\n  extends small 1.x\n'
    file.write_text(text, "utf-8")
    assert list(await opened(client, text, file.as_uri())) == []
    base.unlink()
    file.unlink()
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(2, file.as_uri()),
            [types.TextDocumentContentChangeWholeDocument(f"{text}  # again\n")],
        )
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (found,) = client.diagnostics[file.as_uri()]
    assert found.code == "E601"
    assert list(await opened(client)) == []


@pytest.mark.asyncio
async def test_a_base_whose_version_leaves_the_range_is_told_when_the_file_changes(
    client, tmp_path
):
    base, file = tmp_path / "base.rulebook", tmp_path / "own.rulebook"
    base.write_text(SMALL, "utf-8")
    text = 'rulebook own "Own"\n  version 1.0.0\n  extends small 1.x\n\nadjust item files\n  accountable leaver\n'
    file.write_text(text, "utf-8")
    assert list(await opened(client, text, file.as_uri())) == []

    async def becomes(new):
        base.write_text(new, "utf-8")
        event = types.FileEvent(base.as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return [(one.code, one.range.start.line) for one in client.diagnostics[file.as_uri()]]

    assert await becomes(SMALL.replace("version 1.", "version 2.")) == [("E603", 2)]
    assert await becomes(SMALL.replace("version 1.", "version 1.9")) == []
    assert await becomes(SMALL.replace("item files", "item papers")) != []
    assert await becomes(SMALL) == []


def framed(body):
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_messages_that_are_none_are_answered_and_the_server_lives():
    beginning = {"processId": None, "rootUri": None, "capabilities": {}}
    first = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": beginning}
    asked = {"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {"x": RARE}}
    last = {"jsonrpc": "2.0", "id": 3, "method": "shutdown"}
    messages = [b"{not json", json.dumps(first).encode(), b"[]", json.dumps(asked).encode()]
    messages += [b'{"jsonrpc": "2.0", "id": 9, "method": "no/such"}', json.dumps(last).encode()]
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "lsp", "--stdio"],
        input=b"".join(framed(one) for one in messages)
        + framed(b'{"jsonrpc":"2.0","method":"exit"}'),
        capture_output=True,
        timeout=60,
        check=False,
    )
    answers = [
        json.loads(one) for one in re.findall(rb"\r\n\r\n(\{.*?\})(?=Content-|$)", done.stdout)
    ]
    by_id = {one.get("id"): one for one in answers}
    assert "result" in by_id[1]
    assert by_id[2]["error"]["code"] == -32602
    assert by_id[9]["error"]["code"] == -32603
    assert by_id[3]["result"] is None
    assert done.returncode == 0
