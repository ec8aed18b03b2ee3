/** The range as a picture, beside the stretch before it: how many calls, what part was answered, how long they lasted. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { lazy, Suspense, useMemo } from "react";
import { Card } from "../../components/card.tsx";
import { CompactSelect } from "../../components/compact-select.tsx";
import type { Series } from "../../components/series-chart.tsx";
import { formatMoment } from "../../format/time.ts";
import type { AnalyticsSearch } from "../../routes/analytics.ts";
import { analyticsPictures } from "./analytics-choices.ts";

const SeriesChart = lazy(async () => ({ default: (await import("../../components/series-chart.tsx")).SeriesChart }));

type Show = NonNullable<AnalyticsSearch["show"]>;
type Point = Summary["series"][number];
type Picture = { words: string; unit: "count" | "part" | "seconds"; label: string; valueOf: (point: Point) => number | null };

/** Where nobody called, or answered, there is nothing to draw. */
const pictures: Record<Show, Picture> = {
  calls: { words: "Calls", unit: "count", label: "calls", valueOf: ({ calls }) => calls },
  rate: {
    ...{ words: "Answer rate (ASR)", unit: "part", label: "answered" },
    valueOf: ({ calls, answered }) => (calls === 0 ? null : answered / calls),
  },
  duration: {
    ...{ words: "Average duration (ACD)", unit: "seconds", label: "on average" },
    valueOf: ({ answered, averageDurationSeconds }) => (answered === 0 ? null : averageDurationSeconds),
  },
};

const options = analyticsPictures.map((value) => ({ value, label: pictures[value].words }));

/** How many calls there were so far would look like a fall; what part of them was answered does not. */
const isRunning = ({ interval, series, to }: Summary, show: Show): boolean =>
  show === "calls" && interval !== "minute" && series.length > 2 && Date.parse(to) > Date.now();
const finished = (summary: Summary, show: Show): Summary["series"] =>
  isRunning(summary, show) ? summary.series.slice(0, -1) : summary.series;

/** Point by point beside the other, where the two were cut alike. */
const besides = (summary: Summary, before: Summary | null, length: number): Summary["series"] | null => {
  if (before === null || before.interval !== summary.interval || before.totals.calls === 0) return null;
  return before.series.length < length ? null : before.series.slice(0, length);
};

type Props = { summary: Summary; before: Summary | null; show: Show; onShow: (show: Show | undefined) => void };

export const OverTime = ({ summary, before, show, onShow }: Props) => {
  const { words, unit } = pictures[show];
  const drawn = useMemo(() => {
    const { label, valueOf } = pictures[show];
    const shown = finished(summary, show);
    const then = besides(summary, before, shown.length);
    const main: Series = { label, tone: "accent", values: shown.map(valueOf) };
    const answered: Series[] = show === "calls" ? [{ label: "answered", tone: "info", values: shown.map((point) => point.answered) }] : [];
    const compared: Series[] = then === null ? [] : [{ label: `${label} before`, tone: "idle", values: then.map(valueOf) }];
    return { at: shown.map(({ at }) => at), series: [main, ...answered, ...compared] as const };
  }, [summary, before, show]);
  const title = `${words} by ${summary.interval}`;
  return (
    <Card
      title={title}
      beside={isRunning(summary, show) ? `the running ${summary.interval} is not drawn yet` : undefined}
      more={
        <CompactSelect
          label="Picture"
          value={show}
          options={options}
          onChange={(value) => onShow(analyticsPictures.find((each) => each === value && each !== "calls"))}
        />
      }
    >
      <Suspense fallback={<div className="h-[198px]" />}>
        <SeriesChart label={title} unit={unit} {...drawn} formatAt={formatMoment} />
      </Suspense>
    </Card>
  );
};
