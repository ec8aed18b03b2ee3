/** Until when what was replaced still works. */
import { formatUtc } from "../format/time.ts";

const day = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export const Grace = ({ what, until }: { what: string; until: string }) => (
  <p>
    {what} works until{" "}
    <time dateTime={until} title={formatUtc(until)} className="font-[550] text-ink">
      {day.format(new Date(until))}
    </time>
    , so that no call is refused meanwhile.
  </p>
);
