"""The smaller pieces of generated rulebooks: names, values, conditions, types.

A name may be any keyword of either dialect, so that nothing relies on words being reserved.
"""

from hypothesis import strategies as st

from dsl.dialects import NAMES, dialect

KEYWORDS = sorted(
    {word for name in NAMES for word in dialect(name).spellings if word.isidentifier()}
)
PLAIN = ["leaver", "boss", "level", "last_day", "项目", "离职人", "阶段2", "前15天", "x"]
STRANGE = ["two words", "a-b", "1st"]
TEXTS = ["Title", "标题：甲，乙", "", 'say "so"', "back\\slash", "end\\", "# not a comment", "１２"]

names = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(KEYWORDS),
    st.sampled_from(STRANGE),
).map("`{}`".format)
texts = st.sampled_from(TEXTS).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
numbers = st.sampled_from(["0", "7", "2.50", "-3"])
dates = st.sampled_from(["2026-03-31", "2026-12-01"])
times = st.sampled_from(["09:00", "18:30"])
case_verbs = st.sampled_from(["withdraws", "suspends", "resumes", "cancels"])
rest_verbs = st.sampled_from(["suspends", "resumes"])
weekday_names = st.sampled_from(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
)
instants = st.one_of(dates, st.builds("{} {}".format, dates, times))
UNITS = ["minutes", "hours", "days", "weeks", "working hours", "working days"]
durations = st.one_of(
    st.builds("{} {}".format, st.integers(0, 30), st.sampled_from(UNITS)),
    st.sampled_from(["1 day", "1 working hour"]),
)
money = st.builds("{} CNY".format, numbers)
percent = st.sampled_from(["5%", "-0.5%"])
yes_no = st.sampled_from(["yes", "no"])
plain = st.one_of(texts, numbers, durations, percent, money, yes_no)
values = st.one_of(plain, instants, times, names)
channels = st.sampled_from(["sms", "email", "inbox", "dingtalk", "wecom", "feishu"])
STATES = ["waiting", "open", "handed over", "overdue", "done", "not applicable"]
states = st.sampled_from(STATES)
decisions = st.sampled_from(["approved", "rejected"])


def said(template, *parts):
    """A template filled with drawn parts."""
    return st.builds(template.format, *parts)


def listed(parts, *, breaks=True):
    """Parts with commas; a comma may end its line."""
    commas = st.sampled_from([", ", ", ", ",\n      "] if breaks else [", "])
    return st.lists(st.tuples(commas, parts), min_size=1, max_size=3).map(
        lambda found: found[0][1] + "".join(comma + part for comma, part in found[1:])
    )


def maybe(clause):
    """A clause with a space before it, or nothing."""
    return st.one_of(st.just(""), clause.map(" {}".format))


def choice(*parts):
    """One of several strategies or texts."""
    return st.one_of(*(st.just(part) if isinstance(part, str) else part for part in parts))


name_lists = listed(names)
paths = st.lists(names, min_size=1, max_size=3).map(".".join)


def deeper(inner):
    """Expressions that have expressions in them."""
    part = inner.map("({})".format)
    two = (part, st.sampled_from(["=", "is not", "<", "<=", ">", ">="]), part)
    return choice(
        said("{} {} {}", *two),
        said("{} {} {}", part, st.sampled_from(["+", "-", "*", "/", "and", "or"]), part),
        said("{} and {} and {}", part, part, part),
        said("{} or {} or {}", part, part, part),
        said("{} - {} - {}", paths, numbers, part),
        said("not {}", part),
        said("{} in [{}]", part, listed(part)),
        said("{} in {}", part, paths),
        said("any {} in {} where {}", names, paths, inner),
        said("every {} in {} where {}", names, paths, inner),
        said("{} {} {}", durations, st.sampled_from(["before", "after"]), part),
        said("{} {}", part, times),
        said("days until {}", part),
    )


simple = choice(
    plain,
    instants,
    times,
    paths,
    said("known {}", paths),
    said("count of {}", paths),
    said("sum of {}.{} in {}", names, names, paths),
    said("sum of {}", paths),
    said("item {} {}", names, states),
    *(f"count of items {state}" for state in STATES),
    said("approval {} {}", names, decisions),
    "every item done",
)
expressions = st.recursive(simple, deeper, max_leaves=6)
arguments = choice(plain, paths, expressions.map("({})".format))


def in_quotes(text):
    """A text of an expression as it stands in a quoted text."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


placeholders = choice(paths, simple).map(lambda text: "{" + in_quotes(text) + "}")
messages = st.lists(
    choice(placeholders, *(in_quotes(text) for text in TEXTS), "{{", "a }} b"), max_size=3
).map(lambda parts: '"' + " ".join(parts) + '"')
moments = choice(
    paths,
    said("{} before {}", durations, paths),
    said("{} {}", paths, times),
    expressions.map("({})".format),
)

called = said("{}{}", texts, choice("", said(" zh {}", texts), said(" fr {} zh {}", texts, texts)))
types = choice(
    *[
        "text",
        "integer",
        "number",
        "percent",
        "money",
        "date",
        "time",
        "datetime",
        "duration",
        "yes/no",
    ],
    *["person", "department", "file"],
    said("choice {}", listed(said("{}{}", names, maybe(called)))),
    said("list of {}", names),
)
within = said("within {}", durations)
when = said("when {}", expressions)
bounds = st.just("1..15")
kinds = st.sampled_from(
    ["item ", "approval ", "gate ", "action ", "access ", "document ", "rule ", ""]
)
targets = said("{}{}", names, choice("", texts.map("[{}]".format)))
things = choice("severance", "wages", "certificate", "archive", "access", texts)
resolvers = choice(
    "subject",
    "external",
    said("manager of {}", names),
    said("head of department of {}", names),
    said("head of department {}", texts),
    said("holder of post {}", texts),
    said("holder of post {} in department {}", texts, texts),
    said("anyone in group {}", texts),
    said("everyone in group {}", texts),
    said("named by {}{}", names, maybe(within)),
    said("person {}", texts),
)
parties = st.recursive(names, lambda inner: said("manager of {}", inner), max_leaves=2)
titles = st.lists(st.sampled_from(["zh", "fr"]), max_size=2, unique=True).flatmap(
    lambda languages: st.tuples(*(said(f"title {one} {{}}", texts) for one in languages)).map(list)
)
because = said("because {}", texts)
allowances = said("allow {} because {}", st.sampled_from(["W501", "W503"]), texts)
