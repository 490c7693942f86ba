"""When a result is due: the limit of the procedure laid over the working calendar.

Working days: the day after receipt is day 1 and the hour of receipt is kept. Received outside working hours, the receipt
is the next opening. Calendar days that end on a day off move forward. Hours are working time. [practice]
"""

from datetime import datetime, timedelta

from motcua.domain.calendar import LOCAL, WorkingCalendar
from motcua.domain.procedure import LimitUnit, TimeLimit


def due_at(received_at: datetime, limit: TimeLimit | None, calendar: WorkingCalendar) -> datetime | None:
    """The moment at which the result is due, local time; None when the procedure has no known limit.

    Raises InvalidError when the calendar of a year on the way is not announced yet.
    """
    if limit is None:
        return None
    start = calendar.opening(received_at)
    if limit.count == 0:
        return _same_day(start, calendar)
    if limit.unit is LimitUnit.HOUR:
        return calendar.add_hours(start, timedelta(hours=float(limit.count)))
    whole, half = int(limit.count), limit.count % 1 != 0
    if limit.unit is LimitUnit.CALENDAR_DAY:
        end = start + timedelta(days=whole, hours=12 if half else 0)
        return end if calendar.is_working_day(end.date()) else _same_hour(calendar, end)
    end = datetime.combine(calendar.add_working_days(start.date(), whole), start.timetz())
    return calendar.add_hours(end, calendar.day_length / 2) if half else end


def _same_day(start: datetime, calendar: WorkingCalendar) -> datetime:
    day = start.date() if start.time() <= calendar.same_day_until else calendar.next_working_day(start.date())
    return datetime.combine(day, calendar.hours[-1][1], LOCAL)


def _same_hour(calendar: WorkingCalendar, moment: datetime) -> datetime:
    return datetime.combine(calendar.next_working_day(moment.date()), moment.timetz())
