/** Why calls did not reach the agent they were meant for, by how many. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { type Reason, reasons } from "@switchboard/routing/reason";
import { reasonText } from "@switchboard/routing/reason-text";
import { Link } from "@tanstack/react-router";
import { Card } from "../../components/card.tsx";
import { formatCount, formatPart } from "../../format/number.ts";
import type { DashboardRange } from "./dashboard-range.ts";

const counted = (summary: Summary): { reason: Reason; calls: number }[] =>
  reasons
    .filter((reason) => reason !== "matched")
    .map((reason) => ({ reason, calls: summary.byReason[reason] ?? 0 }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls);

export const NotMatched = ({ summary, range }: { summary: Summary; range: DashboardRange }) => {
  const rows = counted(summary);
  const total = summary.totals.calls;
  return (
    <Card title="Not as planned" beside="calls by reason">
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{total === 0 ? "No calls in this time." : "Every call was taken by whom it was meant for."}</p>
      ) : (
        <ul className="py-1">
          {rows.map(({ reason, calls }) => (
            <li key={reason} className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-1.5 hover:bg-sunken">
              <Link to="/calls" search={{ range, reason, test: false }} className="after:absolute after:inset-0">
                {reasonText(reason).text}
              </Link>
              <span className="num text-right">
                {formatCount(calls)} <span className="text-ink-3">{formatPart(calls / total)}</span>
              </span>
              <span aria-hidden className="col-span-2 mt-1 h-1 rounded-full bg-ring-soft">
                <span className="block h-1 rounded-full bg-ring" style={{ width: `${(calls / (rows[0]?.calls ?? calls)) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
