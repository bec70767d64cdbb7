"""Drawings at a desk: worked out once for a process, marked anew for each case."""

from engine.desk.pictures import Pictures
from engine.graph.view import View
from tests.engine.sample.company import Player


def test_a_drawing_is_worked_out_once_and_marked_anew():
    player, pictures = Player(), Pictures()
    player.open()
    view = View("en", str, columns=80)
    opened = pictures.of(player.scope, view)
    player.approve("M", "resignation.manager")
    approved = pictures.of(player.scope, view)
    assert approved == Pictures().of(player.scope, view) != opened
    assert approved.picture.layout is opened.picture.layout
    assert pictures.of(player.scope, View("en", str)).picture.layout != opened.picture.layout
