"""What the brief says, sentence by sentence: observable facts, the same in every form of the page."""

from datetime import date, datetime

from scenarios.headings import headings
from scoring.published import published
from trainer.coaching.awareness import Awareness
from trainer.coaching.brief import Brief, Focus
from trainer.coaching.business import LEAST_WEEKS, Series
from trainer.coaching.changes import LEAST_VERDICTS, Change, Tally
from trainer.coaching.holding_back import Quote
from trainer.coaching.wording import coming
from trainer.coaching.wording import due as due_in_words

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(when: date, today: date) -> str:
    """A day for a page that is read later too: "Thu 27 Nov", with the year where it is another one."""
    named = f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}"
    return named if when.year == today.year else f"{named} {when.year}"


def moment(when: datetime, brief: Brief) -> str:
    """ "Thu 27 Nov, 14:00" in the brief's own time zone."""
    here = when.astimezone(brief.made_at.tzinfo)
    return f"{day(here.date(), brief.made_at.date())}, {here:%H:%M}"


def clock(seconds: float) -> str:
    """Seconds as 0:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 attempt", "2 attempts"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def figure(value: float) -> str:
    """A business figure without needless digits."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def title_of(scenario: str) -> str:
    """The title of a scenario of the library; its id where it is not there."""
    return next((one.title for one in headings() if one.id == scenario), scenario)


def first_name(brief: Brief) -> str:
    """How the rep is called on the page."""
    return brief.rep.name.split()[0]


def about(brief: Brief) -> str:
    """What the page is made from."""
    return (
        "Made from assessed attempts alone: warm-ups and drills are not in it, not even as a number. "
        f"{first_name(brief)} can open this same page. Made on {moment(brief.made_at, brief)}."
    )


def session(brief: Brief) -> str:
    """When the talk is."""
    if brief.session is None:
        return "No session is planned"
    return f"Session {moment(brief.session.starts_at, brief)}, {brief.session.minutes} minutes"


def since(brief: Brief) -> str:
    """What the page looks back on."""
    today = brief.made_at.date()
    if brief.first:
        return f"No session so far; this looks back to {day(brief.since.date(), today)}"
    return f"Since the session of {day(brief.since.date(), today)}"


def cadence(brief: Brief) -> str:
    """How often the talks took place."""
    held = brief.cadence
    if not any((held.kept, held.missed, held.moved, held.unnoted)):
        return "none so far"
    parts = [f"{held.kept} kept", f"{held.missed} missed"]
    parts += [f"{held.moved} moved"] if held.moved else []
    parts += [f"{held.unnoted} without a note whether they took place"] if held.unnoted else []
    return ", ".join(parts)


def last_step(brief: Brief) -> str:
    """What came of the last next step; "" where none was written."""
    step = brief.last_step
    if step is None:
        return ""
    if step.kept is None:
        return "No practice was tied to it: ask how it went."
    if step.kept:
        return f"Kept: {step.best} reached, {step.target} was the target, in {count(step.tries, 'attempt')}."
    if not step.tries:
        return "Not kept yet: no attempt at it since."
    best = "none could be scored" if step.best is None else f"the best {step.best} of {step.target}"
    return f"Not kept yet: {count(step.tries, 'attempt')} at it, {best}."


def practice(brief: Brief) -> str:
    """What was done against what was agreed."""
    done = brief.practice
    best = f", the best {done.best}" if done.best is not None else ""
    did = (
        f"{count(done.attempts, 'assessed attempt')} on {count(done.days, 'day')}{best}"
        if done.attempts
        else "No assessed attempt"
    )
    asked = len(done.asked)
    reached = (
        f"{len(done.reached)} of {count(asked, 'assigned practice')} reached"
        if asked
        else "none was assigned"
    )
    return f"{did}; {reached}."


def focus(brief: Brief) -> str:
    """Where the rep stands with the focus skill; "" where there is none."""
    one = brief.focus
    if one is None:
        return ""
    agreed = "both agreed" if one.agreed else "not yet agreed by both"
    return f"Target {one.target}, {agreed}. {_standing(one)}"


def _standing(one: Focus) -> str:
    stands = one.standing
    said = stands.state[0].upper() + stands.state[1:]
    if stands.missing:
        said = f"{said}; still to do: {', '.join(stands.missing)}"
    if stands.retest_from and stands.state == "waiting for the retest":
        said = f"{said}, from {day(stands.retest_from, stands.retest_from)} on"
    return f"{said}."


def share(tally: Tally) -> str:
    """ "4 of 11"; a dash where nothing could be judged."""
    return f"{tally.met} of {tally.judged}" if tally.judged else "–"


def better(brief: Brief) -> str:
    """What got better, or why nothing can be said."""
    if not brief.fresh:
        return (
            "Nothing assessed of the focus skill since then." if brief.focus else "Nothing practised so far."
        )
    if names := [one for one in brief.changes if one.better]:
        return f"{count(len(names), 'criterion', 'criteria')} met more often than in the attempts before."
    if not any(one.told for one in brief.changes):
        return f"Too few verdicts to compare: {LEAST_VERDICTS} are needed before and since."
    return "No criterion was met more often than in the attempts before."


def direction(change: Change) -> str:
    """How one criterion went, in a word."""
    if not change.told:
        return "too few to compare"
    if change.better:
        return "more often"
    return "as often" if change.now.share == change.before.share else "less often"


def holding_back(brief: Brief) -> str:
    """What holds back and how often."""
    held = brief.holding_back
    if held is None:
        return "Nothing that could be judged was missed." if brief.fresh else "Nothing to hear yet."
    when = "since the last session" if brief.fresh and not brief.first else "in the attempts before"
    when = "so far" if brief.first else when
    return f"Met {held.tally.met} of {count(held.tally.judged, 'time')} {when}."


def trust(brief: Brief) -> str:
    """A warning where the scorer's verdicts on this move are not known to agree with people; else ""."""
    held = brief.holding_back
    if held is None or published().proven(held.move):
        return ""
    return "How far verdicts on this one agree with people is not proven: hear it before you build on it."


def place(quote: Quote, brief: Brief) -> str:
    """Where a quote is to be heard."""
    where = f"{title_of(quote.scenario)}, form {quote.form}, turn {quote.number}"
    when = day(quote.said_at.astimezone(brief.made_at.tzinfo).date(), brief.made_at.date())
    return f"{when} · {where}" + ("" if quote.second is None else f" · from {clock(quote.second)}")


def awareness(brief: Brief) -> tuple[str, ...]:
    """How the rep's own marks and the verdicts agree."""
    found, before = brief.awareness, brief.awareness_before
    if found is None:
        return ("No own marks on assessed attempts since then.",)
    said = [f"{_agreement(found)} of their own marks were the same as the verdicts: {_sides(found)}."]
    if before is not None:
        said.append(f"Before, {_agreement(before)}.")
    return tuple(said)


def _agreement(one: Awareness) -> str:
    return f"{one.agreed} of {one.compared} ({round(100 * one.share)} %)"


def _sides(one: Awareness) -> str:
    if one.agreed == one.compared:
        return "no other"
    sides = (
        f"{one.too_kind} marked as met that were not" if one.too_kind else "",
        f"{one.too_hard} marked as missed that were met" if one.too_hard else "",
    )
    return ", ".join(side for side in sides if side)


def early(series: Series) -> str:
    """Why a measure's line says nothing yet."""
    return (
        f"{count(series.weeks, 'week')} of it: too early to look for a direction before {LEAST_WEEKS} weeks."
    )


def business(series: Series) -> str:
    """One measure from its first week shown to its last."""
    shown = [week for week in series.by_week if week.value is not None]
    first, last = shown[0], shown[-1]
    assert first.value is not None and last.value is not None  # noqa: S101 - filtered above
    practices = sum(week.practices for week in series.by_week)
    span = f"{figure(first.value)} → {figure(last.value)} over {count(len(series.by_week), 'week')}"
    return f"{span}; {count(practices, 'assessed attempt')} in the same weeks."


NO_CAUSE = "Practice and figures are shown side by side. That says nothing about what caused what."


def due(brief: Brief) -> tuple[str, ...]:
    """What comes: open practices, reviews of mastered skills."""
    today = brief.made_at.date()
    said = []
    for one in brief.open:
        when = f"due {day(one.due, today)}" if one.due else "no due date"
        late = f", {due_in_words(one.due, today)}" if one.due and one.due < today else ""
        said.append(f"{title_of(one.scenario)}: to reach {one.target}, {when}{late}")
    for review in brief.reviews:
        if review.failed:
            said.append(f"Review of {review.title}: not passed, to refresh now")
        elif review.day <= today:
            said.append(f"Review of {review.title}: due since {day(review.day, today)}")
        else:
            said.append(f"Review of {review.title}: {coming(review.day, today)}, {day(review.day, today)}")
    return tuple(said)
