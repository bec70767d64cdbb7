"""What people did is read back from what it left, and done again it leaves the same."""

import shutil

import msgspec
import pytest

from engine.artefact import Artefact
from engine.impact.acts import acts_of
from engine.impact.pair import Pair
from engine.impact.replica import Replica
from engine.service import Service
from engine.workspace import settings_of
from tests.engine.sample.company import SETTINGS
from tests.engine.store.samples import ledger
from tests.histories.make import HOME
from tests.histories.test_histories import cases_of

HISTORIES = [
    "demo",
    "sentences_every_event_happens_here",
    "sentences_every_event_happens_here_3",
    "budgets_a_case_that_goes_on_leaves_a_pause_as_it_i",
    "approvals_before_the_step_named_was_come_to_a_revi",
]


@pytest.mark.parametrize("history", HISTORIES)
def test_a_case_that_is_played_again_comes_out_as_it_was(history, tmp_path):
    store = ledger(shutil.copytree(HOME / history / "ledger", tmp_path / "ledger"))
    service = Service(store, settings_of(store) or SETTINGS, "test-host")
    for case in cases_of(store):
        was = service.cases.load(case)
        program = service.cases.program(was.artefact, was.process)
        now = Replica(service.world, case, program)
        for act in acts_of(store.read(case)):
            now.tick(act.at)
            assert now.act(act) is None, act
        now.tick(was.last_at)
        assert now.state.status == was.status
        assert {id_: one.status for id_, one in now.state.tasks.items()} == {
            id_: one.status for id_, one in was.tasks.items()
        }
        assert now.state.facts == was.facts
        artefact = msgspec.convert(store.get("artefacts", was.artefact), Artefact)
        assert Pair(service, case, (artefact, artefact), "en").play() is None
    store.close()
