from samtale.calendars.models.busy import BusyBlock

__all__ = ["BusyBlock"]
