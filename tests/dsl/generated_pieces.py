"""How generated declarations are put together: heads, clauses in any order, lines of one clause."""

from hypothesis import strategies as st

from tests.dsl.generated_values import allowances, names, said, texts, titles


def declaration(head, *clauses):
    """A head and some of the clauses that may stand once, in any order."""
    some = st.tuples(*(st.one_of(st.none(), clause) for clause in (*clauses, allowances)))
    kept = some.map(lambda found: [line for line in found if line is not None])
    shuffled = st.tuples(kept.flatmap(st.permutations), titles).map(lambda both: both[0] + both[1])
    return st.tuples(head, shuffled).map(lambda found: [found[0], *found[1]])


def headed(keyword, *rest):
    """The first line of a declaration."""
    return said(f"{keyword} {{}} {{}}" + "{}" * len(rest), names, texts, *rest)


def several(clause, most=3):
    """Lines of one clause that may stand more than once, as one entry."""
    return st.lists(clause, min_size=1, max_size=most).map("\n  ".join)
