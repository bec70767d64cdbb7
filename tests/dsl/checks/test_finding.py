from dsl.checks.finding import circles


def test_no_circle():
    assert circles({"a": ["b"], "b": ["c"], "c": [], "d": ["unknown"]}) == ()


def test_each_circle_is_given_once_from_its_first_member():
    edges = {"x": ["a"], "a": ["b"], "b": ["c", "a"], "c": ["a"], "d": ["e"], "e": ["d"]}
    assert circles(edges) == (("a", "b"), ("d", "e"))


def test_a_member_may_be_its_own_circle():
    assert circles({"a": ["a"], "b": ["a"]}) == (("a",),)


def test_a_long_chain_is_walked_once():
    size = 20_000
    chain = {str(number): [str(number + 1)] for number in range(size)}
    assert circles(chain) == ()
    chain[str(size)] = ["0"]
    (circle,) = circles(chain)
    assert len(circle) == size + 1
