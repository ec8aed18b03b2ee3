/** What the range came to, each figure beside that of the stretch before, and leading to its calls. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { Figure } from "../../components/figure.tsx";
import { formatDuration } from "../../format/duration.ts";
import { growth, points } from "../../format/growth.ts";
import { counted, formatCount, formatPart } from "../../format/number.ts";
import { callsOf } from "./use-analytics.ts";

type Props = { summary: Summary; before: Summary | null };

const joined = (...words: (string | null)[]): string => words.filter((word) => word !== null).join(" · ");

const rate = (name: "answerSeizureRatio" | "failoverRate" | "fallbackRate", of: "answered" | "failedOver" | "fallback") =>
  function figure({ summary, before }: Props) {
    const compared = before === null || before.totals.calls === 0 ? null : points(summary[name], before[name]);
    return { value: formatPart(summary[name]), more: joined(counted(summary.totals[of], "call"), compared) };
  };
const answerRate = rate("answerSeizureRatio", "answered");
const failoverRate = rate("failoverRate", "failedOver");
const fallbackRate = rate("fallbackRate", "fallback");

const longer = (now: number, then: number): string | null => {
  const seconds = Math.round(now - then);
  if (seconds === 0) return "as before";
  return `${seconds > 0 ? "+" : "−"}${formatDuration(Math.abs(seconds))}`;
};

const averageDuration = ({ summary, before }: Props) => ({
  value: summary.totals.answered === 0 ? "–" : formatDuration(summary.averageDurationSeconds),
  more:
    before === null || before.totals.answered === 0 || summary.totals.answered === 0
      ? ""
      : (longer(summary.averageDurationSeconds, before.averageDurationSeconds) ?? ""),
});

const seconds = (value: number): string => `${value.toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
const milliseconds = (value: number): string => `${value.toLocaleString(undefined, { maximumSignificantDigits: 2 })} ms`;

export const AnalyticsFigures = (props: Props) => {
  const { summary, before } = props;
  const { totals, ringSeconds, decisionMs } = summary;
  const calls = callsOf(summary);
  const to = (search: object) => ({ to: "/calls", search: { ...calls, ...search } }) as const;
  const grown = before === null ? null : growth(totals.calls, before.totals.calls);
  return (
    <dl className="grid grid-cols-2 overflow-clip rounded-lg border border-line bg-panel *:not-last:border-b sm:grid-cols-4 lg:grid-cols-7 lg:*:not-last:border-r lg:*:not-last:border-b-0">
      <Figure name="Calls" value={formatCount(totals.calls)} more={grown === null ? "" : `${grown} than before`} link={to({})} />
      <Figure name="Answered (ASR)" {...answerRate(props)} link={to({ outcome: "answered" })} />
      <Figure name="Average duration (ACD)" {...averageDuration(props)} link={to({ outcome: "answered" })} />
      <Figure
        name="Ring time, p50"
        value={totals.answered === 0 ? "–" : seconds(ringSeconds.p50)}
        more={totals.answered === 0 ? "" : `p95 ${seconds(ringSeconds.p95)} · p99 ${seconds(ringSeconds.p99)}`}
        link={to({ outcome: "answered" })}
      />
      <Figure name="Failed over" {...failoverRate(props)} link={to({ outcome: "failed_over" })} />
      <Figure name="To fallback" {...fallbackRate(props)} link={to({ outcome: "fallback" })} />
      <Figure
        name="Decision, p99"
        value={milliseconds(decisionMs.p99)}
        more={`p50 ${milliseconds(decisionMs.p50)} · p95 ${milliseconds(decisionMs.p95)}`}
        link={to({})}
      />
    </dl>
  );
};
