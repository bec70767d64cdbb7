"""Comments and empty rows, put into generated texts."""

from hypothesis import strategies as st

COMMENTS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["beside", "above", "inside", "blank"])),
    max_size=12,
)
"""Where to put comments: a row (counted around), and how."""


def strewn(text, comments):
    """A text with comments and empty rows put in, each comment with a text of its own."""
    rows = text.split("\n")[:-1]
    for number, (at, how) in enumerate(comments):
        place = at % len(rows)
        if how == "beside" and "#" not in rows[place]:
            rows[place] += f"  # beside {number}"
        elif how == "blank":
            rows.insert(place, "")
        else:
            indent = "  " if how == "inside" else ""
            rows.insert(place, f"{indent}# {how} {number}")
    return "\n".join(rows) + "\n"
