/** How calls ended, and why those that did not reach whom they were meant for. */
import { callStatuses } from "@switchboard/api/schemas/call-lists";
import type { Summary } from "@switchboard/api/schemas/summary";
import { reasons } from "@switchboard/routing/reason";
import { reasonText } from "@switchboard/routing/reason-text";
import { Link } from "@tanstack/react-router";
import { Card } from "../../components/card.tsx";
import { formatCount, formatPart } from "../../format/number.ts";
import type { CallSearch } from "../../routes/call-records.ts";
import { statusWords } from "../call-records/status-words.ts";
import { callsOf } from "./use-analytics.ts";

type Row = { key: string; words: string; calls: number; search: CallSearch };

const bySize = (rows: Row[]): Row[] => rows.filter(({ calls }) => calls > 0).sort((a, b) => b.calls - a.calls);

const statusRows = ({ byStatus }: Summary): Row[] =>
  bySize(callStatuses.map((status) => ({ key: status, words: statusWords[status], calls: byStatus[status] ?? 0, search: { status } })));

const reasonRows = ({ byReason }: Summary): Row[] =>
  bySize(
    reasons
      .filter((reason) => reason !== "matched")
      .map((reason) => ({ key: reason, words: reasonText(reason).text, calls: byReason[reason] ?? 0, search: { reason } })),
  );

type ListProps = { label: string; rows: Row[]; total: number; calls: CallSearch };

const List = ({ label, rows, total, calls: range }: ListProps) => (
  <ul aria-label={label} className="py-1">
    {rows.map(({ key, words, calls, search }) => (
      <li key={key} className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-1.5 hover:bg-sunken">
        <Link to="/calls" search={{ ...range, ...search }} className="after:absolute after:inset-0">
          {words}
        </Link>
        <span className="num text-right">
          {formatCount(calls)} <span className="text-ink-3">{formatPart(calls / total)}</span>
        </span>
        <span aria-hidden className="col-span-2 mt-1 h-1 rounded-full bg-idle-soft">
          <span className="block h-1 min-w-0.5 rounded-full bg-info" style={{ width: `${(calls / total) * 100}%` }} />
        </span>
      </li>
    ))}
  </ul>
);

export const ByOutcome = ({ summary }: { summary: Summary }) => {
  const [statuses, notAsPlanned] = [statusRows(summary), reasonRows(summary)];
  const common = { total: summary.totals.calls, calls: callsOf(summary) };
  return (
    <Card title="How they ended" beside="calls by status, and by reason where they did not go as planned">
      <List label="Calls by status" rows={statuses} {...common} />
      {notAsPlanned.length > 0 && (
        <div className="border-t border-line">
          <List label="Calls by reason" rows={notAsPlanned} {...common} />
        </div>
      )}
    </Card>
  );
};
