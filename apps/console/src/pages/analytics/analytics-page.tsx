/** How calls went: over time, by whom they were taken, and at which hours of the day; each figure leads to its calls. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { CompactSelect } from "../../components/compact-select.tsx";
import { LoadingRows, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TimeRangeField } from "../../components/time-range-field.tsx";
import { analyticsIntervals } from "./analytics-choices.ts";
import { AnalyticsFigures } from "./analytics-figures.tsx";
import { ByHour } from "./by-hour.tsx";
import { ByOutcome } from "./by-outcome.tsx";
import { NoCalls } from "./no-calls.tsx";
import { OverTime } from "./over-time.tsx";
import { SliceTable } from "./slice-table.tsx";
import { type AnalyticsAddress, useAnalytics, useAnalyticsAddress } from "./use-analytics.ts";

const intervalOptions = [{ value: "", label: "Interval as fits" }, ...analyticsIntervals.map((value) => ({ value, label: `By ${value}` }))];

const Choices = ({ address: { search, change } }: { address: AnalyticsAddress }) => (
  <div className="mb-3 flex flex-wrap items-center gap-2">
    <TimeRangeField choice={search} otherwise="day" onChange={change} />
    <CompactSelect
      label="Interval"
      value={search.interval ?? ""}
      options={intervalOptions}
      onChange={(value) => change({ interval: analyticsIntervals.find((each) => each === value) })}
    />
  </div>
);

const Slices = ({ summary }: { summary: Summary }) => (
  <div className="grid items-start gap-4 min-[1180px]:grid-cols-2">
    <SliceTable title="By agent" unit="dial" summary={summary} slices={summary.byAgent} searchOf={({ id }) => ({ agent: id })} />
    <SliceTable title="By group" unit="call" summary={summary} slices={summary.byGroup} searchOf={({ id }) => ({ group: id })} />
    <SliceTable title="By rule" unit="call" summary={summary} slices={summary.byRule} searchOf={({ id }) => ({ rule: id })} isNumber />
    <SliceTable title="By provider" unit="dial" summary={summary} slices={summary.byProvider} searchOf={({ id }) => ({ provider: id })} />
  </div>
);

const Body = ({ address: { search, change } }: { address: AnalyticsAddress }) => {
  const { stretch, current, before } = useAnalytics(search);
  const { data: summary, error } = current;
  if (stretch === null) return <NothingYet title="When should it begin?">Choose the moment from which calls are counted.</NothingYet>;
  if (summary === undefined) {
    if (error === null) return <LoadingRows rows={12} />;
    return <NotLoaded what="The figures" error={error} onRetry={() => void current.refetch()} />;
  }
  if (summary.totals.calls === 0) return <NoCalls onLonger={() => change({ range: "quarter", after: undefined, before: undefined })} />;
  return (
    <div className="grid gap-4">
      <AnalyticsFigures summary={summary} before={before} />
      <OverTime summary={summary} before={before} show={search.show ?? "calls"} onShow={(show) => change({ show })} />
      <Slices summary={summary} />
      <div className="grid items-start gap-4 min-[1180px]:grid-cols-2">
        <ByHour summary={summary} />
        <ByOutcome summary={summary} />
      </div>
    </div>
  );
};

/** A body of its own for each stretch of time: figures of one are never shown as those of another. */
export const AnalyticsPage = () => {
  const address = useAnalyticsAddress();
  const { range, after, before, interval } = address.search;
  return (
    <>
      <PageHead title="Analytics" />
      <Choices address={address} />
      <Body key={`${range} ${after} ${before} ${interval}`} address={address} />
    </>
  );
};
