/** Times in the person's own zone. */
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const formatClock = (at: string | number): string => clock.format(new Date(at));

const moment = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export const formatMoment = (at: string | number): string => moment.format(new Date(at));

export const formatUtc = (at: string | number): string => `${new Date(at).toISOString().replace("T", " ").slice(0, 19)} UTC`;
