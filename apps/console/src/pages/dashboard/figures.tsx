/** The day in figures: each leads to the calls behind it, and says how it was in the stretch before. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { trpc } from "../../api/trpc.ts";
import { Figure } from "../../components/figure.tsx";
import { growth, points } from "../../format/growth.ts";
import { counted, formatCount, formatPart } from "../../format/number.ts";
import { hasEnded } from "../../live/board.ts";
import { useLive } from "../../live/use-live.ts";
import type { DashboardRange } from "./dashboard-range.ts";

const loadEveryMs = 5_000;

const ActiveCalls = () => {
  const load = trpc.tenant.load.useQuery(undefined, { refetchInterval: loadEveryMs });
  // As the board has it, which is sooner than any question.
  const active = useLive(({ calls }) => calls?.reduce((sum, call) => (hasEnded(call) || call.test ? sum : sum + 1), 0) ?? null);
  const cap = load.data?.maxConcurrentCalls ?? load.data?.agentCapacity ?? null;
  const more = load.data === undefined ? "" : cap === null ? "no limit" : `of ${formatCount(cap)}`;
  return <Figure name="Calls on the line" value={active === null ? "–" : formatCount(active)} more={more} link={{ to: "/live" }} />;
};

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const shown = (part: number | null): string => (part === null ? "–" : formatPart(part));

type Props = { summary: Summary; before: Summary | null; minutes: number; range: DashboardRange };

const partOf = (name: "answered" | "failedOver" | "fallback", { summary, before }: Props): { value: string; more: string } => {
  const now = ratio(summary.totals[name], summary.totals.calls);
  const then = before === null ? null : ratio(before.totals[name], before.totals.calls);
  const compared = now === null || then === null ? null : points(now, then);
  return { value: shown(now), more: [counted(summary.totals[name], "call"), compared].filter((text) => text !== null).join(" · ") };
};

const perMinute = ({ summary, before, minutes }: Props) => {
  const { calls } = summary.totals;
  const grown = before === null ? null : growth(calls, before.totals.calls);
  const value = (calls / minutes).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return { value, more: [counted(calls, "call"), grown].filter((text) => text !== null).join(" · ") };
};

const milliseconds = (value: number): string => `${value.toLocaleString(undefined, { maximumSignificantDigits: 2 })} ms`;

export const Figures = (props: Props) => {
  const { range, summary } = props;
  const { decisionMs, totals } = summary;
  const decided = totals.calls === 0 ? "–" : milliseconds(decisionMs.p99);
  return (
    <dl className="grid grid-cols-2 overflow-clip rounded-lg border border-line bg-panel *:not-last:border-b sm:grid-cols-3 lg:grid-cols-6 lg:*:not-last:border-r lg:*:not-last:border-b-0">
      <ActiveCalls />
      <Figure name="Calls a minute" {...perMinute(props)} link={{ to: "/calls", search: { range, test: false } }} />
      <Figure name="Answered" {...partOf("answered", props)} link={{ to: "/calls", search: { range, test: false, outcome: "answered" } }} />
      <Figure
        name="Failed over"
        {...partOf("failedOver", props)}
        link={{ to: "/calls", search: { range, test: false, outcome: "failed_over" } }}
      />
      <Figure
        name="To fallback"
        {...partOf("fallback", props)}
        link={{ to: "/calls", search: { range, test: false, outcome: "fallback" } }}
      />
      <Figure
        name="Decision, p99"
        value={decided}
        more={totals.calls === 0 ? "" : `p50 ${milliseconds(decisionMs.p50)} · p95 ${milliseconds(decisionMs.p95)}`}
        link={{ to: "/calls", search: { range, test: false } }}
      />
    </dl>
  );
};
