/** Calls over time, and how many of them were answered; the library that draws is fetched after the page. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { lazy, Suspense, useMemo } from "react";
import { Card } from "../../components/card.tsx";
import { formatMoment } from "../../format/time.ts";

const SeriesChart = lazy(async () => ({ default: (await import("../../components/series-chart.tsx")).SeriesChart }));

/** The stretch that is still running would look like a fall. */
const finished = ({ series, interval }: Summary) => (interval === "minute" ? series : series.slice(0, -1));

const words = { minute: "minute", hour: "hour", day: "day" };

export const CallsChart = ({ summary }: { summary: Summary }) => {
  const drawn = useMemo(() => {
    const points = finished(summary);
    return {
      at: points.map(({ at }) => at),
      series: [
        { label: "calls", tone: "accent", values: points.map(({ calls }) => calls) },
        { label: "answered", tone: "info", values: points.map(({ answered }) => answered) },
      ] as const,
    };
  }, [summary]);
  const each = words[summary.interval];
  return (
    <Card title={`Calls by ${each}`} beside={summary.interval === "minute" ? undefined : `the running ${each} is not drawn yet`}>
      <Suspense fallback={<div className="h-[198px]" />}>
        <SeriesChart label={`Calls by ${each}`} {...drawn} formatAt={formatMoment} />
      </Suspense>
    </Card>
  );
};
