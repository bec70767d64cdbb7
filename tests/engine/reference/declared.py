"""What the sample rulebook says, written down a second time, by hand."""

PLACES = {
    "resignation.manager": [(("manager",), 1)],
    "resignation.vp": [(("vp",), 1)],
    "resignation.hr": [(("hr",), 1)],
    "clearance.money": [(("manager",), 1), (("finance",), 1)],
    "clearance.quorum": [(("board",), 2)],
    "clearance.final": [(("hr", "guard"), 1)],
}
"""Step → places: the roles that may fill it, and how many yes it needs."""

STEP_DAYS = {
    "resignation.manager": 2,
    "resignation.vp": 3,
    "resignation.hr": 1,
    "clearance.money": 2,
    "clearance.quorum": 2,
    "clearance.final": 1,
}
NAMING_DAYS = {"successor": 2}
FOUR_EYES = {"resignation"}
GIVER = {
    "papers": "leaver",
    "project_handover": "leaver",
    "car_keys": "leaver",
    "bonus_letter": "hr",
    "mentoring": "leaver",
}
SIGNERS = {
    "papers": [["leaver", "hr"], ["manager"]],
    "project_handover": [["leaver", "successor"], ["manager"]],
    "car_keys": [["leaver", "guard"]],
    "bonus_letter": [["hr", "leaver"]],
    "mentoring": [["leaver", "mentor"]],
}
AFTER = {"car_keys": "papers", "mentoring": "project_handover"}
DUE = {
    "papers": ("last_day", 10),
    "project_handover": ("last_day", 7),
    "car_keys": ("last_day", 0),
    "bonus_letter": ("bonus_day", 0),
}
"""Item → the fact that it is due by, and the working days before it."""
NEEDED = {"papers": {"register"}}
NEVER_SUBJECT = {"successor", "mentor"}
