"""What a condition always comes to is what it comes to for every value that is tried at random."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.expressions.outcomes import outcome_of
from dsl.expressions.tree import AllOf, AnyOf, Compare, Constant, FactValue, Known, Not
from dsl.types import ChoiceType, IntegerType, NumberType, Option, YesNoType

TYPES = {
    "level": IntegerType(1, 5),
    "score": NumberType(),
    "post": ChoiceType(tuple(Option(one, {}) for one in ("a", "b"))),
    "laptop": YesNoType(),
}
VALUES = {
    "level": st.integers(1, 5),
    "score": st.sampled_from([Decimal(one) / 2 for one in range(-4, 14)]),
    "post": st.sampled_from(["a", "b"]),
    "laptop": st.booleans(),
    "known": st.booleans(),
}
ORDERED = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
HOLDS = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
NUMBERS = st.builds(
    lambda fact, op, value: Compare(op, FactValue(fact), Constant(IntegerType(), value)),
    st.sampled_from(["level", "score"]), ORDERED, st.integers(0, 6),
)  # fmt: skip
CHOICES = st.builds(
    lambda op, value: Compare(op, FactValue("post"), Constant(TYPES["post"], value)),
    st.sampled_from(["=", "!="]), st.sampled_from(["a", "b"]),
)  # fmt: skip
CONDITIONS = st.recursive(
    NUMBERS | CHOICES | st.just(FactValue("laptop")) | st.just(Known("other")),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.tuples(inner, inner))
        | st.builds(AnyOf, st.tuples(inner, inner))
    ),
    max_leaves=5,
)


def holds(condition, values):
    match condition:
        case AllOf(parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values) for part in parts)
        case Not(of):
            return not holds(of, values)
        case Compare(op, FactValue(fact), Constant(_, value)):
            return HOLDS[op](values[fact], value)
        case FactValue(fact):
            return values[fact]
        case _:
            return values["known"]


@settings(max_examples=150, deadline=None)
@given(CONDITIONS, st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=6))
def test_what_is_fixed_never_comes_to_anything_else(condition, tried):
    outcome = outcome_of(condition, TYPES)
    if outcome is not None:
        assert {holds(condition, values) for values in tried} == {outcome}


def test_what_is_fixed_is_found():
    level, score = FactValue("level"), FactValue("score")
    five = Constant(IntegerType(), 5)
    above, below = Compare(">", score, five), Compare("<=", score, five)
    assert outcome_of(Compare("<=", level, five), TYPES) is True
    assert outcome_of(AnyOf((above, below)), TYPES) is True
    assert outcome_of(AllOf((above, below)), TYPES) is False
    assert outcome_of(AllOf((Known("x"), Not(Known("x")))), TYPES) is False
    assert outcome_of(AnyOf((above, Known("x"))), TYPES) is None
    assert outcome_of(Known("x"), TYPES) is None


def test_a_condition_of_many_parts_is_decided_as_soon_as_enough_is_known():
    """Twenty facts have a million combinations of values."""
    types = {f"f{number}": IntegerType(1, 9) for number in range(20)}
    many = [Compare(">", FactValue(one), Constant(IntegerType(), 5)) for one in types]
    never = AllOf((Compare("<", FactValue("f0"), Constant(IntegerType(), 1)), *many))
    assert outcome_of(never, types) is False
    assert outcome_of(AllOf(tuple(many)), types) is None
    assert outcome_of(AnyOf((*many, Not(AnyOf(tuple(many))))), types) is True
