/** What happened to a call, in order, in words. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { formatClock } from "../format/time.ts";
import { linesOf, type TimelineLine } from "./timeline-words.ts";

const dots: Record<TimelineLine["tone"], string> = { neutral: "bg-line-strong", good: "bg-ok", bad: "bg-bad" };

const Line = ({ line }: { line: TimelineLine }) => (
  <li className="grid grid-cols-[62px_8px_minmax(0,1fr)] gap-2.5 py-1">
    <time dateTime={line.at} title={line.at} className="num leading-[19px] text-ink-3">
      {formatClock(line.at)}
    </time>
    <span aria-hidden className={`mt-[6px] size-2 rounded-full ${dots[line.tone]}`} />
    <div className="min-w-0">
      {line.text}
      {line.more !== null && <p className="text-ink-3">{line.more}</p>}
    </div>
  </li>
);

export const Timeline = ({ record }: { record: CallRecord }) => {
  const lines = linesOf(record);
  if (lines.length === 0) return <p className="mt-2 text-ink-3">Nothing is written down yet.</p>;
  return (
    <ol className="mt-2">
      {lines.map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </ol>
  );
};
