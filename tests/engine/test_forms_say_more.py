"""What forms say beyond the plainest: another way, somebody else, lists and where they come from."""

from tests.engine.filling import SMALL, SMALL_ZH, add, change, different


def test_a_row_may_begin_another_way_in_which_the_condition_holds() -> None:
    """Whether a value is known is asked in each way; one `until` holds all of them."""
    fact = 'fact level "Level" integer optional\n\nrole leaver'
    text = SMALL.replace("role leaver", fact, 1)
    rows = {
        "what2": "fact:level", "how2": ">", "value2": "8", "what3": "fact:level", "join3": "or",
        "how3": "<", "value3": "3",
    }  # fmt: skip
    after = change(text, 'item equipment "', **rows).text
    line = (
        "applies when (laptop = yes and known level and level > 8) or (known level and level < 3)"
    )
    assert f"\n  {line}\n" in after
    assert change(after, 'item equipment "', title="Laptop and keys").text == after
    together = change(after, 'item equipment "', join4="and").text
    assert "yes and known level and level > 8 and known level and level < 3\n" in together
    gate = 'gate pay "Pay"\n  holds wages\n  until every item done\n\nprocess'
    gate = text.replace("process", gate, 1)
    more = {"what2": "item:customers", "join2": "or"}
    either = change(gate, 'gate pay "', **more).text
    assert different(gate, either) == [
        "-   until every item done", "+   until every item done or item customers done",
    ]  # fmt: skip
    assert different(either, change(either, 'gate pay "', join2="and").text) == [
        "-   until every item done or item customers done",
        "+   until every item done", "+   until item customers done",
    ]  # fmt: skip


def test_a_role_says_who_else_where_nobody_is_found() -> None:
    first = 'role manager "Manager" is manager of leaver, '
    more = {"who3": "holder_of_post", "name3": "CEO", "in3": "Board"}
    after = change(SMALL, 'role manager "', **more).text
    third = 'otherwise person "boss", otherwise holder of post "CEO" in department "Board"'
    assert different(SMALL, after) == [f'- {first}otherwise person "boss"', f"+ {first}{third}"]
    less = change(after, 'role manager "', who2="").text
    assert f"{first[:-2]}\n" in less
    zh = change(SMALL_ZH, '角色 manager "', who2="named_by", of2="office", amount2="2").text
    assert len(different(SMALL_ZH, zh)) == 2
    assert "否则 由 office 指定 限 2 个工作日\n" in zh


RECORDS = """record client "Client"
  key name
  name "Name" text

feed crm "Customers" of client

fact clients "Clients" list of client from crm private to leaver, office set by office, manager

role leaver"""


def test_a_fact_may_be_a_list_from_elsewhere_that_only_some_may_see() -> None:
    text = SMALL.replace("role leaver", RECORDS, 1)
    assert change(text, 'fact clients "', title="Clients").text == text
    after = change(text, 'fact clients "', private_to2="", set_by2="").text
    assert '"Clients" list of client from crm private to leaver set by office\n' in after
    new = add(text, "fact", title="Past clients", type="list:client", private_to="manager").text
    assert 'fact past_clients "Past clients" list of client private to manager\n' in new
    sides = {"giver": "leaver", "receiver": "office"}
    text = text.replace(" private to leaver, office", "")
    item = add(text, "item", title="File", each="clients", **sides).text
    assert '\nitem file "File"\n  for each one in clients\n  from leaver to office\n' in item
    assert 'item file "File"\n  from' in change(item, 'item file "', each="").text
