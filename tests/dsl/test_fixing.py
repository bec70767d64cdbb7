"""Fixes: made by a program only where nothing else can have been meant."""

import pytest

from dsl.fixing import fixed
from dsl.pipeline import check_source
from dsl.source import of_text

RIGHT = """rulebook x "X"
  version 1.0.0
  currency CNY
fact salary "Salary" money
fact post "Post" choice lead, clerk
role leaver "Leaver" is subject
role hr "HR" is anyone in group "HR"
item keys "Keys"
  from leaver to hr
  applies when known post and post = lead
process p "P"
  started by leaver
  managed by hr
  first items
"""


def of(text, asked=None):
    return fixed(of_text("t", text), asked)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"Salary"', 'Salary"'),
        ("item keys", "itme keys"),
        ("  from leaver to hr", "  由 leaver to hr"),
        ("  started by leaver", "  started by: leaver"),
        ("\n  managed by hr", " managed by hr"),
        ('group "HR"', "group HR"),
        ("role hr", "role role hr"),
        ("is subject", "is subject,"),
        ('leaver "Leaver"', "leaver"),
    ],
)
def test_a_slip_is_mended_without_asking(right, wrong):
    found = of(RIGHT.replace(right, wrong))
    assert found.outcome.checked is not None
    assert [each.diagnostic.fix.sure for each in found.made] == [True] * len(found.made)
    assert found.made


def test_the_text_is_as_it_was_meant():
    broken = RIGHT.replace('"Salary"', 'Salary"').replace("item keys", "交接项 keys")
    assert of(broken).source.original == RIGHT


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("to hr", "to hrr"),
        ("post = lead", "post = laed"),
        ("money\n", "money\n  default 5\n"),
    ],
)
def test_what_may_mean_something_else_is_asked(right, wrong):
    text = RIGHT.replace(right, wrong)
    assert of(text).source.original == text
    seen = []
    refused = of(text, lambda _, found: bool(seen.append(found.code)))
    assert (refused.source.original, len(seen)) == (text, 1)
    agreed = of(text, lambda *_: True)
    assert agreed.outcome.checked is not None
    assert not any(each.diagnostic.fix.sure for each in agreed.made)


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("signed by leaver, hr / it", []),
        ("signed by hr or it", []),
        ("signed by hr or it and leaver", ["and"]),
        ("after keys or phone", []),
        ("signed by hr and it", ["and"]),
    ],
)
def test_one_of_several_is_never_made_all_of_them_unasked(line, sure):
    people = 'role it "IT" is anyone in group "IT"\nitem keys'
    text = RIGHT.replace("item keys", people).replace("  applies", f"  {line}\n  applies")
    assert [each.diagnostic.values["found"] for each in of(text).made] == sure


@pytest.mark.parametrize("word", ["or", "/", "and"])
def test_those_of_whom_any_one_may_are_listed_however_they_are_parted(word):
    found = of(RIGHT.replace("started by leaver", f"started by leaver {word} hr"))
    assert found.source.original == RIGHT.replace("started by leaver", "started by leaver, hr")


IN_CHINESE = """规则书 x "X"
  版本 1.0.0
角色 离职人 "离职人" 为 当事人
角色 人事 "人事" 为 小组 "人事" 任一人
交接项 钥匙 "钥匙"
  由 离职人 移交 给 人事
流程 离职 "离职"
  发起 离职人
  主管 人事
  先 交接项
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "right", "wrong", "mended"),
    [
        (
            RIGHT,
            "from leaver to hr\n",
            "from leaver   # keep me\n  # a second remark\n  to hr # last\n",
            "# keep me\n  # a second remark\n  from leaver to hr # last\n",
        ),
        (
            IN_CHINESE,
            "由 离职人 移交 给 人事\n",
            "由 离职人 # 备注\n  移交 给 人事\n",
            "# 备注\n  由 离职人 移交 给 人事\n",
        ),
        (
            f"{RIGHT}approval leave\n  step hr\n",
            "step hr\n",
            "step hr, # first\n    leaver or hr # last\n",
            "# first\n  step any of hr, leaver, hr # last\n",
        ),
    ],
)
def test_no_comment_is_lost(text, right, wrong, mended, ends):
    assert right in text
    found = of(text.replace(right, wrong).replace("\n", ends))
    assert found.made
    assert mended.replace("\n", ends) in found.source.original


def test_a_right_text_is_left_alone():
    found = of(RIGHT, lambda *_: True)
    assert (found.made, found.source.original) == ((), RIGHT)


def test_what_a_repair_brings_to_light_is_told():
    text = RIGHT.replace("item keys", "itme keys").replace("to hr\n", "to hrr\n")
    found = of(text)
    assert [each.diagnostic.code for each in found.made] == ["E103"]
    assert [each.code for each in found.outcome.diagnostics] == ["E201"]
    assert found.outcome == check_source(found.source)
