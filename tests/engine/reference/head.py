"""What every drawn rulebook begins with: facts, people, conditions on them."""

from collections.abc import Callable

HEAD = """rulebook drawn "Drawn"
  version 1.0.0
  timezone "Asia/Shanghai"
  currency CNY

record project "Project"
  key code
  held by owner
  code text
  name text
  progress percent
  units integer default 3
  owner person optional

feed erp "ERP" of project

fact grade "Grade" integer 1..15 set by hr
fact last_day "Last day" date set by hr
fact till "Till" money default 500 CNY set by hr
fact car "Company car" yes/no default no set by hr
fact bonus_day "Bonus day" date optional set by hr
fact projects "Projects" list of project from erp
fact remark "Remark" text optional

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver, otherwise head of department of leaver
role hr "HR" is anyone in group "HR"
role finance "Finance" is head of department "Finance"
role board "Board" is everyone in group "Board"
  never successor
role vp "Vice president" is holder of post "VP"
role guard "Guard" is anyone in group "Guards"
  never successor
role client "Client" is external

sla standard "Standard" default"""
DECIDERS = ("manager", "hr", "finance", "vp", "guard", "board")
RECEIVERS = ("hr", "guard", "finance", "successor", "mentor")
CONDITIONS: dict[str, Callable[[dict], bool]] = {
    "grade >= 8": lambda facts: facts["grade"] >= 8,
    "car": lambda facts: facts["car"],
    "known bonus_day": lambda facts: facts.get("bonus_day") is not None,
    "till = 500 CNY": lambda facts: facts["till"] == "500 CNY",
}
