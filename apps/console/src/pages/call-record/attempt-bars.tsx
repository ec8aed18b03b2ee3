/** Who was dialled, from when to when: a bar for each attempt on the call's own time. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { Badge, type Tone } from "../../components/badge.tsx";
import { formatDuration } from "../../format/duration.ts";
import { formatClock, formatUtc } from "../../format/time.ts";
import { AgentLink } from "../../links/agent-link.tsx";
import { useNow } from "../../live/clock.ts";
import { attemptName, isAnswered } from "../../calls/story.ts";

type Attempt = NonNullable<CallRecord["attempts"]>[number];

const results: Record<string, { word: string; tone: Tone }> = {
  completed: { word: "Answered", tone: "ok" },
  busy: { word: "Busy", tone: "ring" },
  "no-answer": { word: "No answer", tone: "ring" },
  failed: { word: "Failed", tone: "bad" },
  canceled: { word: "Caller left", tone: "idle" },
  unknown: { word: "No result", tone: "bad" },
};

const standingOf = (record: CallRecord, attempt: Attempt): { word: string; tone: Tone } => {
  if (isAnswered(record, attempt)) return { word: "Answered", tone: "ok" };
  const known = attempt.result === null ? undefined : results[attempt.result];
  return known ?? (record.endedAt === null ? { word: "Dialling", tone: "info" } : { word: "Not known", tone: "idle" });
};

type Span = { from: number; to: number };

/** The picture's own time: from the first request to the end of the call, or to now. */
const wholeOf = (record: CallRecord, now: number): Span => {
  const from = Date.parse(record.startedAt);
  const ends = (record.attempts ?? []).map(({ endedAt }) => (endedAt === null ? from : Date.parse(endedAt)));
  return { from, to: Math.max(from + 1_000, record.endedAt === null ? now : Date.parse(record.endedAt), ...ends) };
};

const place = (whole: Span, { from, to }: Span) => {
  const length = whole.to - whole.from;
  const share = (at: number) => (Math.min(Math.max(at, whole.from), whole.to) - whole.from) / length;
  return { left: `${share(from) * 100}%`, width: `max(3px, ${(share(to) - share(from)) * 100}%)` };
};

type BarProps = { record: CallRecord; attempt: Attempt; whole: Span };

const Bar = ({ record, attempt, whole }: BarProps) => {
  const from = Date.parse(attempt.startedAt);
  const to = attempt.endedAt === null ? whole.to : Date.parse(attempt.endedAt);
  const answeredAt = isAnswered(record, attempt) && record.answeredAt !== null ? Math.max(from, Date.parse(record.answeredAt)) : to;
  return (
    <span aria-hidden className="relative block h-4 rounded-sm bg-sunken">
      <span className="absolute inset-y-1 rounded-sm bg-ring" style={place(whole, { from, to: answeredAt })} />
      {answeredAt < to && <span className="absolute inset-y-0 rounded-sm bg-ok" style={place(whole, { from: answeredAt, to })} />}
    </span>
  );
};

const Name = ({ attempt }: { attempt: Attempt }) =>
  attempt.agentId === null || attempt.agentName === null ? (
    attemptName(attempt)
  ) : (
    <AgentLink id={attempt.agentId} name={attempt.agentName} />
  );

const Row = ({ record, attempt, whole }: BarProps) => {
  const { word, tone } = standingOf(record, attempt);
  const to = attempt.endedAt === null ? whole.to : Date.parse(attempt.endedAt);
  return (
    <li className="grid items-center gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0 sm:grid-cols-[170px_minmax(0,1fr)_232px]">
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="num text-ink-3">{attempt.step}</span>
        <span className="min-w-0 break-words">
          <Name attempt={attempt} />
        </span>
      </span>
      <Bar record={record} attempt={attempt} whole={whole} />
      <span className="flex items-center gap-2 sm:justify-end">
        <Badge tone={tone}>{word}</Badge>
        <span className="num whitespace-nowrap text-ink-3">
          <time dateTime={attempt.startedAt} title={formatUtc(attempt.startedAt)}>
            {formatClock(attempt.startedAt)}
          </time>{" "}
          · {formatDuration((to - Date.parse(attempt.startedAt)) / 1_000)}
        </span>
      </span>
    </li>
  );
};

const Bars = ({ record, now }: { record: CallRecord; now: number }) => {
  const whole = wholeOf(record, now);
  return (
    <>
      <ol>
        {(record.attempts ?? []).map((attempt) => (
          <Row key={attempt.step} record={record} attempt={attempt} whole={whole} />
        ))}
      </ol>
      <p className="mt-2 flex flex-wrap gap-x-4 text-xs text-ink-3">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-2 w-3 rounded-sm bg-ring" /> dialled and ringing
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-2 w-3 rounded-sm bg-ok" /> talking
        </span>
        <span>
          the whole width is <span className="num">{formatDuration((whole.to - whole.from) / 1_000)}</span>
        </span>
      </p>
    </>
  );
};

const TickingBars = ({ record }: { record: CallRecord }) => <Bars record={record} now={useNow()} />;

export const AttemptBars = ({ record }: { record: CallRecord }) => {
  if (record.attempts === undefined || record.attempts.length === 0) return <p className="text-ink-3">Nobody was dialled.</p>;
  // Only what is still going on is drawn anew every second.
  return record.endedAt === null ? <TickingBars record={record} /> : <Bars record={record} now={0} />;
};
