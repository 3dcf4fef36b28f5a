// The recruitment calendar: month, week and day. The list, and everything else, is the server's.
//
//   [data-calendar='{…}']       what the server says: views, addresses, words (web/staff/calendar/grid.py)
//   [data-calendar-step]        links to the period before, today, and the period after
//   [data-calendar-views]       links to the views
//
// Times are sent and shown as the reader's wall clock shows them, as if they were UTC, so that neither the
// browser's own zone nor its change of clocks matters.
import { Calendar } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import interaction from "fullcalendar/interaction";
import nb from "fullcalendar/locales/nb";
import enGb from "fullcalendar/locales/en-gb";
import theme from "fullcalendar/themes/classic";
import timeGrid from "fullcalendar/timegrid";
import { Address, keepAddress } from "./address.js";
import { wallClock } from "./clock.js";
import { dayHeader, eventContent, eventClass, describe } from "./content.js";
import { openDetails } from "./dialog.js";
import { fetchEvents, refetchOnReturn } from "./events.js";
import { tellHidden } from "./hidden.js";
import { canDrop, dropped, selected } from "./moving.js";
import { moreContent, moreWords } from "./more.js";
import { nameHeader, nameRows, reachScrolled } from "./names.js";
import { Says } from "./says.js";
import { beside } from "./stack.js";

const VIEWS = { month: "dayGridMonth", week: "timeGridWeek", day: "timeGridDay" };
const NARROW = window.matchMedia("(width < 48rem)");

/** Only hours and half hours have a line. */
const withoutLine = ({ time }) => (time.milliseconds % 1_800_000 ? "cal-quarter" : "");

function start(place) {
  const settings = JSON.parse(place.dataset.calendar);
  const says = new Says(settings.words);
  const address = new Address(settings);
  const view = settings.isChosen || !NARROW.matches ? settings.view : "day";
  const calendar = new Calendar(place, {
    plugins: [dayGrid, timeGrid, interaction, theme],
    locales: [nb, enGb],
    locale: settings.language === "nb" ? "nb" : "en-gb",
    timeZone: "UTC",
    now: () => wallClock(settings.zone),
    initialView: VIEWS[view],
    initialDate: settings.date,
    headerToolbar: false,
    height: "100%",
    borderless: true,
    firstDay: 1,
    weekNumbers: true,
    weekNumberCalculation: "ISO",
    weekNumberFormat: { week: "numeric" },
    businessHours: { daysOfWeek: [1, 2, 3, 4, 5], startTime: "08:00", endTime: "16:00" },
    nowIndicator: true,
    scrollTime: "07:30",
    scrollTimeReset: false,
    // As long as a step: where steps are shorter, a drag begins half a slot too far down.
    slotDuration: "00:15",
    slotLaneClass: withoutLine,
    slotHeaderClass: withoutLine,
    slotHeaderInnerClass: "cal-hour",
    slotHeaderInterval: "01:00",
    slotHeaderFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    eventDisplay: "block",
    slotMinHeight: NARROW.matches ? 17 : 14,
    eventMinHeight: 24,
    eventShortHeight: 38,
    allDaySlot: false,
    expandRows: true,
    navLinks: true,
    navLinkClass: "cal-nav",
    navLinkDayClick: (date) => go("day", date.toISOString().slice(0, 10)),
    navLinkWeekClick: (date) => go("week", date.toISOString().slice(0, 10)),
    dayMaxEvents: true,
    moreLinkHint: (number) => moreWords(number, settings),
    moreLinkContent: (info) => moreContent(info, settings),
    rowMoreLinkClass: "cal-more-row",
    columnMoreLinkClass: ({ isNarrow }) => (isNarrow ? "cal-more cal-more-below" : "cal-more"),
    popoverClass: "cal-popover",
    closeHint: settings.words.close,
    timedText: settings.words.time,
    slotEventOverlap: false,
    lazyFetching: false,
    progressiveEventRendering: false,
    events: fetchEvents(settings, says),
    eventDataTransform: (event) => ({ ...event, editable: Boolean(event.movable) }),
    eventContent: (info) => eventContent(info, settings),
    eventClass: (info) => eventClass(info),
    eventDidMount: ({ el, event }) => el.setAttribute("aria-label", describe(event, settings)),
    eventClick: (info) => {
      if (info.jsEvent.ctrlKey || info.jsEvent.metaKey || info.jsEvent.shiftKey) return;
      info.jsEvent.preventDefault();
      openDetails(info.event, settings, says, info.el);
    },
    eventAllow: (span) => canDrop(span, settings),
    eventDrop: (info) => dropped(info, settings, says),
    eventResize: (info) => dropped(info, settings, says),
    selectable: Boolean(settings.create),
    selectMirror: true,
    selectMinDistance: 4,
    selectAllow: (span) => canDrop(span, settings),
    select: (info) => selected(info, settings, says),
    views: {
      dayGridMonth: { titleFormat: { year: "numeric", month: "long" }, fixedWeekCount: false },
      timeGridWeek: { titleFormat: { year: "numeric", month: "long", day: "numeric" } },
      timeGridDay: {
        titleFormat: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
        dayHeaders: false,
      },
    },
    dayHeaderContent: (info) => dayHeader(info, settings),
    dayHeaderDidMount: ({ el }) => nameHeader(el),
    viewDidMount: ({ el }) => {
      nameRows(el);
      requestAnimationFrame(() => reachScrolled(el));
    },
    datesSet: (info) => {
      address.shows(nameOf(info.view), info.view);
      fit();
    },
  });
  function fit() {
    const most = beside(place, calendar.view.type === VIEWS.day ? 1 : 7);
    if (most !== calendar.getOption("eventMaxStack")) calendar.setOption("eventMaxStack", most);
  }

  const nameOf = (shown) => Object.keys(VIEWS).find((name) => VIEWS[name] === shown.type);
  function go(name, date) {
    calendar.changeView(VIEWS[name], date ?? calendar.getDate().toISOString().slice(0, 10));
    address.push(nameOf(calendar.view), calendar.getDate());
  }
  keepAddress({ calendar, address, go, views: VIEWS });
  tellHidden(place, calendar, settings);
  calendar.render();
  new ResizeObserver(fit).observe(place);
  refetchOnReturn(calendar);
  const zone = document.querySelector("[data-calendar-zone]");
  if (Intl.DateTimeFormat().resolvedOptions().timeZone !== settings.zone) zone.hidden = false;
}

const place = document.querySelector("[data-calendar]");
if (place) start(place);
