"""The changes page: what turned since a release, a revision or a day, for everybody or for one party."""

from starlette.responses import Response

from planner.domain.release import newest_release
from planner.domain.turn import Compared
from planner.services.comparing import compared, party_meant
from planner.services.states import revision_meant
from planner.web.parts import part_of
from planner.web.site import Site, for_coordinators, page
from planner.wording.changes import name_of, title_of
from planner.wording.turns import count_turns, say_turns, say_why

AT_ONCE = 50
"""So many changed events stand on a page."""


@page
@for_coordinators
def changes_page(site: Site) -> Response:
    """What `planner changes` says, each event a link; without a release and a state asked for, since the beginning."""
    seen, language = site.seen, site.language
    register = seen.register
    last = newest_release(register.releases)
    since = site.query.get("since", "").strip() or (last.name if last is not None else "0")
    party = party_meant(register, site.query.get("for", ""))
    made = _compared(site, since, party)
    part = part_of(site, made.turned, AT_ONCE)
    return site.page(
        "changes.html",
        since=since,
        party=party,
        releases=register.releases[::-1],
        parties=[(code, name_of(register, "party", code, language)) for code in register.programme.members],
        part=part,
        counted=count_turns(made.turned, language),
        lines=[
            (
                each.event.ref if each.event.ref in seen.by_ref else "",
                title_of(each.event, language),
                say_turns(each, register, language),
                "; ".join(say_why(each, register, language)),
            )
            for each in part.shown
        ],
    )


def _compared(site: Site, since: str, party: str) -> Compared:
    with site.database.snapshot() as snapshot:
        then, number = snapshot.at(site.seen.revision), revision_meant(snapshot, since, "since")
        code = site.seen.register.programme.code
        return site.seen.once(("compared", number, party), lambda: compared(then, code, number, party))
