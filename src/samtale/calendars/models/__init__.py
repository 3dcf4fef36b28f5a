from samtale.calendars.models.busy import BusyBlock
from samtale.calendars.models.feed import Feed
from samtale.calendars.models.outside import Copy, Mark, OutsideCalendar

__all__ = ["BusyBlock", "Copy", "Feed", "Mark", "OutsideCalendar"]
