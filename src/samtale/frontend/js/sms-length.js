// How long a text message is, as outbox/transports/sms/segments.py counts it.
const GSM7 =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM7_TWO = "\f^{}\\[~]|€";

/** Number of segments and of places used, of the text as it will be sent, its letters composed. */
export function measure(text) {
  const letters = Array.from(text.normalize("NFC"));
  const basic = letters.every((letter) => GSM7.includes(letter) || GSM7_TWO.includes(letter));
  const places = letters.map((letter) => (basic ? 1 + GSM7_TWO.includes(letter) : letter.length));
  const units = places.reduce((sum, place) => sum + place, 0);
  const [alone, joined] = basic ? [160, 153] : [70, 67];
  return { unicode: !basic, units, segments: segments(places, units, alone, joined) };
}

/** No segment may end in half a sign. */
function segments(places, units, alone, joined) {
  if (units <= alone) return units ? 1 : 0;
  let [full, used] = [0, 0];
  for (const place of places) {
    if (used + place > joined) [full, used] = [full + 1, 0];
    used += place;
  }
  return full + 1;
}
