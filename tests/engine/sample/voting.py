"""A case of one approval, for whatever steps a test wants to play."""

from msgspec.structs import replace

from engine.people.directory import Person
from engine.waiting import people_awaited
from tests.engine.sample.company import PERSONS, Player

FRAME = """rulebook votes "Votes"
  version 1.0.0
  timezone "Asia/Shanghai"
fact big "Big" yes/no default no
role leaver "Leaver" is subject
role manager "Manager" is manager of leaver
role hr "HR" is anyone in group "HR"
role both "Both" is anyone in group "Both"
role board "Board" is everyone in group "Board"
role panel "Panel" is anyone in group "Board"
role chosen "Chosen" is named by hr
role boss "Boss" is manager of leaver, otherwise named by hr
role vp "Vice president" is holder of post "VP"
role either "Either" is holder of post "VP", otherwise everyone in group "Board"
role ghost "Ghost" is holder of post "Ghost"
role above "Above" is manager of chosen, otherwise named by manager
approval vote "Vote"
{steps}
process way "Way"
  started by leaver, hr
  managed by hr
  first approval vote
"""


def voting(*clauses: str, persons=PERSONS, subject="L", text=FRAME, **facts) -> Player:
    player = Player(text.format(steps="\n".join(f"  {one}" for one in clauses)), persons=persons)
    player.open(subject, subject=subject, **facts)
    return player


def status(player: Player) -> str:
    return player.state.approvals["vote"].status


def waits_for(player: Player, step: str) -> set[str]:
    return set(people_awaited(player.program, player.task(f"vote.{step}")))


def in_groups(**groups: str) -> tuple[Person, ...]:
    """The company with some people in other groups than usual."""
    return tuple(
        replace(one, groups=tuple(groups[one.id].split())) if one.id in groups else one
        for one in PERSONS
    )
