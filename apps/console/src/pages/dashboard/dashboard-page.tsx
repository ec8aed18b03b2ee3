/** How the line stands: now, over the last while, and whether the calls fall as they should. */
import { getRouteApi } from "@tanstack/react-router";
import { CompactSelect } from "../../components/compact-select.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { rangeWords } from "../../format/time-range.ts";
import { FreshnessBadge } from "../../live/freshness-badge.tsx";
import { useLive } from "../../live/use-live.ts";
import { type DashboardRange, dashboardRanges } from "./dashboard-range.ts";
import { TestCallButton } from "../../test-call/test-call-button.tsx";
import { LeadToStart } from "../start/lead-to-start.tsx";
import { Attention } from "./attention.tsx";
import { CallsChart } from "./calls-chart.tsx";
import { Distribution } from "./distribution.tsx";
import { Figures } from "./figures.tsx";
import { NotMatched } from "./not-matched.tsx";
import { useSummary } from "./use-summary.ts";

const route = getRouteApi("/");
const options = dashboardRanges.map((value) => ({ value, label: rangeWords[value] }));

const RangeSelect = () => {
  const { range = "day" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CompactSelect
      label="Time"
      value={range}
      options={options}
      onChange={(value) => void navigate({ search: { range: dashboardRanges.find((each) => each === value) }, replace: true })}
    />
  );
};

/** A page of its own for each range: figures of one are never shown as those of another. */
const Overview = ({ range }: { range: DashboardRange }) => {
  const { current, before, minutes } = useSummary(range);
  const { data: summary, error } = current;
  return (
    <div className="grid gap-4">
      {summary === undefined ? (
        <div className="rounded-lg border border-line bg-panel">
          {error === null ? (
            <LoadingRows rows={2} />
          ) : (
            <NotLoaded what="The figures" error={error} onRetry={() => void current.refetch()} />
          )}
        </div>
      ) : (
        <Figures summary={summary} before={before} minutes={minutes} range={range} />
      )}
      <div className="grid items-start gap-4 min-[1180px]:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          {summary !== undefined && <CallsChart summary={summary} />}
          <Distribution />
        </div>
        <div className="grid min-w-0 gap-4">
          <Attention />
          {summary !== undefined && <NotMatched summary={summary} range={range} />}
        </div>
      </div>
    </div>
  );
};

export const DashboardPage = () => {
  const { range = "day" } = route.useSearch();
  const freshness = useLive((view) => view.freshness);
  return (
    <>
      <LeadToStart />
      <PageHead title="Dashboard" beside={<FreshnessBadge freshness={freshness} />}>
        <RangeSelect />
        <TestCallButton />
      </PageHead>
      <Overview key={range} range={range} />
    </>
  );
};
