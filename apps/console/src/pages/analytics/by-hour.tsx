/** At which hours of the person's own day calls come, and how many of them are answered. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { Card } from "../../components/card.tsx";
import { LoadingRows } from "../../components/list-states.tsx";
import { counted, formatCount, formatPart } from "../../format/number.ts";
import { useHours } from "./use-analytics.ts";

type Hour = { hour: number; calls: number; answered: number };

const hoursOf = (series: Summary["series"]): Hour[] => {
  const hours = Array.from({ length: 24 }, (_, hour): Hour => ({ hour, calls: 0, answered: 0 }));
  for (const { at, calls, answered } of series) {
    const of = hours[new Date(at).getHours()];
    if (of === undefined) continue;
    of.calls += calls;
    of.answered += answered;
  }
  return hours;
};

const clockOf = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
const labelled = new Set([0, 6, 12, 18, 23]);

const Columns = ({ hours }: { hours: Hour[] }) => {
  const most = Math.max(1, ...hours.map(({ calls }) => calls));
  return (
    <div aria-hidden className="px-4 pt-4 pb-2">
      <div className="flex h-32 items-end gap-0.5">
        {hours.map(({ hour, calls, answered }) => (
          <span
            key={hour}
            title={`${clockOf(hour)}: ${counted(calls, "call")}, ${formatCount(answered)} answered`}
            className="flex h-full flex-1 items-end rounded-sm hover:bg-sunken"
          >
            <span
              className="relative block w-full min-w-0.5 overflow-clip rounded-t-sm border-t border-accent bg-accent-soft"
              style={{ height: `${(calls / most) * 100}%` }}
            >
              <span
                className="absolute inset-x-0 bottom-0 bg-accent"
                style={{ height: `${calls === 0 ? 0 : (answered / calls) * 100}%` }}
              />
            </span>
          </span>
        ))}
      </div>
      <div className="mt-1 flex gap-0.5 text-xs text-ink-3">
        {hours.map(({ hour }) => (
          <span key={hour} className="num flex-1 overflow-visible whitespace-nowrap">
            {labelled.has(hour) ? hour : ""}
          </span>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-3">Filled: answered. The height: all calls.</p>
    </div>
  );
};

const Figures = ({ hours }: { hours: Hour[] }) => (
  <table className="sr-only" aria-label="Calls by hour of the day">
    <thead>
      <tr>
        <th scope="col">Hour</th>
        <th scope="col">Calls</th>
        <th scope="col">Answered</th>
      </tr>
    </thead>
    <tbody>
      {hours.map(({ hour, calls, answered }) => (
        <tr key={hour}>
          <th scope="row">{clockOf(hour)}</th>
          <td>{formatCount(calls)}</td>
          <td>{calls === 0 ? "–" : formatPart(answered / calls)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const ByHour = ({ summary }: { summary: Summary }) => {
  const { series, isRead } = useHours(summary);
  return (
    <Card title="By hour of the day" beside="in your time zone" className="relative overflow-hidden">
      {series === null ? (
        isRead ? (
          <p className="px-4 py-3 text-ink-2">Shown for up to 92 days of the last 13 months.</p>
        ) : (
          <LoadingRows rows={3} />
        )
      ) : (
        <>
          <Columns hours={hoursOf(series)} />
          <Figures hours={hoursOf(series)} />
        </>
      )}
    </Card>
  );
};
