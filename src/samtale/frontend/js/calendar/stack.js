// How many interviews at one time stand beside each other before the rest is behind "+4".

const AXIS = 44; // pixels: the hours, to the left of the days
const MORE = 30; // pixels: the button that leads to the rest
const LEGIBLE = 54; // pixels: a symbol and a first name
const MOST = 8;

/** As many as can be read where `days` share the width of `place`; one at the least. */
export function beside(place, days) {
  const day = (place.clientWidth - AXIS) / days;
  return Math.min(Math.max(Math.floor((day - MORE) / LEGIBLE), 1), MOST);
}
