"""What to practise next and how it is going, derived from the store's facts."""

from trainer.coaching.day import NextStep, Today, today
from trainer.coaching.things import Choice, Thing
from trainer.coaching.trend import sparkline

__all__ = ["Choice", "NextStep", "Thing", "Today", "sparkline", "today"]
