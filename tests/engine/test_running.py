"""Acting on a case needs the artefact alone: no parser, no graph library, no schema library."""

import subprocess
import sys
from pathlib import Path

from msgspec import json

from engine.store.ledger import LedgerStore, open_ledger
from tests.engine.sample.company import Player

SCRIPT = """
import sys
from pathlib import Path
from msgspec import json
from engine.commands import Actor, Approve
from engine.seen import application_hash
from engine.service import Done, Service
from engine.store.ledger import open_ledger
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.timeline import timeline
from engine.workspace import Settings

store = open_ledger(Path(sys.argv[1]), begin=False)
settings = json.decode(sys.argv[2], type=Settings)
service = Service(store, settings, "elsewhere")
scope = service.scope("2026-0001")
task = "2026-0001/resignation.manager#1"
actor = Actor("M", "sandbox", "elsewhere")
done = service.execute("2026-0001", Approve(task, "fine", application_hash(scope.state)), actor)
assert isinstance(done, Done), done
reader = Reader(service.scope("2026-0001"), "en")
case_view(reader, "L")
timeline(reader, store.read("2026-0001"))
service.advance()
store.close()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_running_needs_neither_parser_nor_graphs_nor_schemas(tmp_path):
    store = open_ledger(tmp_path / "ledger")
    assert isinstance(store, LedgerStore)
    player = Player(store=store)
    player.open()
    store.close()

    settings = json.encode(player.service.settings).decode()
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "ledger"), settings],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    loaded = set(ran.stdout.split())
    assert {"engine", "msgspec"} <= loaded
    assert not loaded & {"lark", "networkx", "jsonschema", "textual", "rich"}
