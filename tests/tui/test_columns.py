"""How columns share the width of a table: by what stands in them, never past the edge."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.texts import Cell
from tui.widgets.columns import GAP, LEAD, Column, Layout, laid_out
from tui.widgets.table import Line, VirtualTable

NAME = Column("Name", 6)
POST = Column("Post", 8, rank=1)
WAITS = Column("Waits for", 10, below=True)


def widths(layout: Layout) -> list[list[int]]:
    return [[slot.width for slot in line] for line in layout]


def test_every_column_is_as_wide_as_what_stands_in_it_where_there_is_room() -> None:
    assert widths(laid_out([NAME, POST, WAITS], [20, 4, 30], 80)) == [[20, 4, 30]]


def test_what_is_short_of_room_is_shared_and_no_short_text_is_cut_for_a_long_one() -> None:
    assert widths(laid_out([NAME, POST], [60, 9], 40)) == [[40 - LEAD - GAP - 9, 9]]


def test_a_column_that_may_goes_onto_a_second_line_below_the_second_column() -> None:
    layout = laid_out([NAME, POST, WAITS], [6, 8, 40], 30)
    assert widths(layout) == [[6, 8], [30 - LEAD - 6 - GAP]]
    assert layout[1][0].start == layout[0][1].start


def test_where_nothing_else_helps_columns_are_left_out_by_rank() -> None:
    (line,) = laid_out([NAME, POST], [6, 8], 12)
    assert [slot.column for slot in line] == [0]


def test_lines_of_other_columns_are_asked_for_anew() -> None:
    """A page that is off the screen holds cells for the columns of its time."""
    table = VirtualTable()
    table.begin([NAME])
    table.fill(0, [Line("1", (Cell("Li"),)), Line("2", (Cell("Wu"),))], 2)
    table.begin([NAME])
    assert table.key == "1"
    table.begin([NAME, POST])
    assert table.key is None


columns = st.builds(
    Column, st.just("x"), st.integers(1, 20), rank=st.integers(0, 3), below=st.booleans()
)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(columns, st.integers(1, 60)), min_size=1, max_size=9), st.integers(200, 400)
)
def test_no_column_is_lost_cut_or_over_another_in_a_wide_table(
    some: list[tuple[Column, int]], width: int
) -> None:
    told, wants = zip(*some, strict=True)
    layout = laid_out(told, wants, width)
    assert sorted(slot.column for line in layout for slot in line) == list(range(len(told)))
    for line in layout:
        ends = [LEAD - GAP, *(slot.start + slot.width for slot in line)]
        assert all(slot.start >= end + GAP for slot, end in zip(line, ends, strict=False))
        assert ends[-1] <= width
        assert all(slot.width <= wants[slot.column] for slot in line)
