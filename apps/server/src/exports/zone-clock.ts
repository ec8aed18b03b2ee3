/** Times as the clocks of a zone show them, with their distance from UTC: no hour of a year is told twice. */

const quarterMs = 900_000;
const rememberedQuarters = 200_000;

/** ISO 8601 in, ISO 8601 out. Throws RangeError for a zone that isn't one. */
export const createZoneClock = (timeZone: string): ((iso: string) => string) => {
  if (timeZone === "UTC") return (iso) => iso;
  const clock = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  // No zone changes within a quarter of an hour of UTC; asking takes as long as a whole row.
  const offsets = new Map<number, { ms: number; text: string }>();

  const read = (ms: number) => {
    const name = clock.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const [, sign = "+", hours = "00", minutes = "00"] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    const distance = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return { ms: sign === "-" ? -distance : distance, text: `${sign}${hours}:${minutes}` };
  };

  return (iso) => {
    const ms = Date.parse(iso);
    const quarter = Math.floor(ms / quarterMs);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= rememberedQuarters) offsets.clear();
      offset = read(ms);
      offsets.set(quarter, offset);
    }
    return new Date(ms + offset.ms).toISOString().slice(0, -1) + offset.text;
  };
};
