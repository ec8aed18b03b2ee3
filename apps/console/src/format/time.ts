/** Times in the person's own zone. */
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const formatClock = (at: string | number): string => clock.format(new Date(at));
