/** A moment, in the person's own zone; the same in UTC for whoever points at it. */
import { formatDistanceToNowStrict } from "date-fns";
import { formatMoment, formatUtc } from "../format/time.ts";

const justNowMs = 2_000;

const formatAgo = (at: string): string =>
  Math.abs(Date.now() - Date.parse(at)) < justNowMs ? "just now" : formatDistanceToNowStrict(new Date(at), { addSuffix: true });

/** `isRelative`: "3 minutes ago" instead of the time of day. */
export const TimeText = ({ at, isRelative = false }: { at: string; isRelative?: boolean }) => (
  <time dateTime={at} title={formatUtc(at)} className={isRelative ? "" : "num whitespace-nowrap"}>
    {isRelative ? formatAgo(at) : formatMoment(at)}
  </time>
);
