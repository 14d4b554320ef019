const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const moment = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

/** Writes the times of a part of the page in the reader's own language and time zone. */
export function inReadersWords(within: HTMLElement): void {
  for (const [name, words] of [
    ["day", day],
    ["moment", moment],
  ] as const) {
    for (const time of within.querySelectorAll<HTMLTimeElement>(`time[data-${name}]`)) {
      time.textContent = words.format(new Date(time.dateTime));
    }
  }
  for (const zone of within.querySelectorAll<HTMLElement>("[data-zone]")) {
    zone.textContent = ", in your time zone";
  }
}
