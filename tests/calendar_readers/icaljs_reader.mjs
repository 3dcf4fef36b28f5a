// Reads iCalendar objects with ical.js, whose address is the first argument.
// Each line of the input is an object as a JSON string, each line of the output what was read of it.
import { createInterface } from "node:readline";

const { default: ICAL } = await import(process.argv[2]);
ICAL.design.strict = true;

function read(text) {
  let calendar;
  try {
    calendar = new ICAL.Component(ICAL.parse(text));
  } catch (error) {
    return { method: null, errors: [String(error)], events: [] };
  }
  return {
    method: calendar.getFirstPropertyValue("method"),
    errors: errors(calendar),
    events: calendar.getAllSubcomponents("vevent").map(event),
  };
}

/** Says of every property whether it may be read at all, and whether ical.js knows it. */
function errors(component) {
  const found = component.getAllSubcomponents().flatMap(errors);
  for (const property of component.getAllProperties()) {
    try {
      property.getValues().map(String);
    } catch (error) {
      found.push(`${property.name}: ${error}`);
    }
    if (property.type === "unknown" && !property.name.startsWith("x-")) found.push(`${property.name} is unknown`);
  }
  return found;
}

function event(found) {
  const value = (name) => found.getFirstPropertyValue(name);
  const organizer = found.getFirstProperty("organizer");
  return {
    uid: value("uid"),
    sequence: value("sequence") ?? 0,
    stamp: instant(value("dtstamp")),
    start: instant(value("dtstart")),
    end: instant(value("dtend")),
    summary: value("summary"),
    description: value("description"),
    location: value("location"),
    status: value("status"),
    transparency: value("transp"),
    url: value("url"),
    organizer: organizer && person(organizer),
    attendees: found.getAllProperties("attendee").map(person),
    alarms: found
      .getAllSubcomponents("valarm")
      .map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
  };
}

/** Returns seconds since 1970; null where there is no time, or one without a zone. */
function instant(time) {
  return time && time.zone !== ICAL.Timezone.localTimezone ? time.toUnixTime() : null;
}

function person(property) {
  return {
    address: property.getFirstValue(),
    name: property.getParameter("cn") ?? null,
    answer: property.getParameter("partstat") ?? null,
    asked: property.getParameter("rsvp") ?? null,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(read(JSON.parse(line))));
}
