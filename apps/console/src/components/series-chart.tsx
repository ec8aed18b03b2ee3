/** Figures over time as a picture: what there was as a surface, what it is compared with as lines. The figures are in a table for those who can't see it. */
import { memo, useEffect, useRef, useSyncExternalStore } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatDuration } from "../format/duration.ts";
import { formatCount, formatPart } from "../format/number.ts";
import { theme } from "../theme/theme.ts";

/** `at`: the beginning of each stretch, ISO 8601, ascending. */
export type Series = { label: string; tone: "accent" | "info" | "idle"; values: readonly (number | null)[] };
type Props = {
  label: string;
  at: readonly string[];
  series: readonly [Series, ...Series[]];
  formatAt: (at: string) => string;
  /** What the values are; counts when it isn't given. Seconds are drawn as durations, parts (of 1) as per cent. */
  unit?: Unit;
};
type Unit = "count" | "part" | "seconds";

/** `steps`: what may lie between two lines of the grid. */
const units: Record<Unit, { format: (value: number) => string; least: number; steps: number[] }> = {
  count: { format: formatCount, least: 1, steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000] },
  part: { format: formatPart, least: 1, steps: [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5] },
  seconds: { format: formatDuration, least: 10, steps: [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200] },
};

const said = (value: number | null | undefined, unit: Unit): string =>
  value === null || value === undefined ? "–" : units[unit].format(value);

const height = 168;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const dayMs = 86_400_000;

/** The time of day, or, where there are several days, the day. */
const labelOf = (at: readonly string[], seconds: number): string => {
  const span = Date.parse(at.at(-1) ?? "") - Date.parse(at[0] ?? "");
  return (span > 2 * dayMs ? date : clock).format(new Date(seconds * 1_000));
};

const optionsOf = ({ series, at, formatAt, unit = "count" }: Props, width: number): uPlot.Options => {
  const axis = { stroke: colour("ink-3"), font: `11px ${colour("font-sans") || "sans-serif"}`, ticks: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: true },
      y: { range: (_chart, _least, most) => [0, Math.max(units[unit].least, most * (unit === "part" ? 1 : 1.1))] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 72, values: (_chart, splits) => splits.map((seconds) => labelOf(at, seconds)) },
      {
        ...axis,
        grid: { stroke: colour("line"), width: 1 },
        size: 50,
        incrs: units[unit].steps,
        values: (_chart, splits) => splits.map(units[unit].format),
      },
    ],
    series: [
      { value: (_chart, seconds) => formatAt(new Date(seconds * 1_000).toISOString()) },
      ...series.map(({ label, tone }, index) => ({
        label,
        stroke: colour(tone),
        width: 1.5,
        ...(tone === "idle" ? { dash: [4, 4] } : {}),
        points: { show: at.length < 3 },
        ...(index === 0 ? { fill: colour(`${tone}-soft`) } : {}),
      })),
    ],
  };
};

const dataOf = ({ at, series }: Props): uPlot.AlignedData => [
  at.map((moment) => Date.parse(moment) / 1_000),
  ...series.map(({ values }) => [...values]),
];

/** Draws into `place`, as wide as it is, and says what is under the pointer. */
const draw = (place: HTMLElement, words: HTMLElement, props: Props): (() => void) => {
  const options = optionsOf(props, place.clientWidth);
  const say = (chart: uPlot) => {
    const index = chart.cursor.idx ?? props.at.length - 1;
    const moment = props.at[index];
    const values = props.series.map(({ label, values }) => `${said(values[index], props.unit ?? "count")} ${label}`).join(", ");
    words.textContent = moment === undefined ? "" : `${props.formatAt(moment)}: ${values}`;
  };
  const chart = new uPlot({ ...options, hooks: { setCursor: [say], ready: [say] } }, dataOf(props), place);
  const observer = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height }));
  observer.observe(place);
  return () => {
    observer.disconnect();
    chart.destroy();
  };
};

const Figures = ({ label, at, series, formatAt, unit = "count" }: Props) => (
  <table className="sr-only">
    <caption>{label}</caption>
    <thead>
      <tr>
        <th scope="col">Time</th>
        {series.map((each) => (
          <th key={each.label} scope="col">
            {each.label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {at.map((moment, index) => (
        <tr key={moment}>
          <th scope="row">{formatAt(moment)}</th>
          {series.map((each) => (
            <td key={each.label}>{said(each.values[index], unit)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

const Legend = ({ series }: Pick<Props, "series">) =>
  series.map(({ label, tone }) => (
    <span key={label} className="flex items-center gap-1.5 text-xs text-ink-3">
      <span className="h-0.5 w-3 rounded-full" style={{ background: `var(--${tone})` }} />
      {label}
    </span>
  ));

const Picture = (props: Props) => {
  const place = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (place.current !== null && words.current !== null) return draw(place.current, words.current, props);
  }, [props]);
  return (
    <div aria-hidden>
      <div className="flex flex-wrap items-baseline gap-x-4 px-4 pt-2">
        <p ref={words} className="num flex-1 text-ink-2" />
        <Legend series={props.series} />
      </div>
      <div ref={place} className="px-1" style={{ height }} />
    </div>
  );
};

/** Drawn again only when something of it has changed. */
export const SeriesChart = memo((props: Props) => {
  // Colours are painted, so another theme is another picture.
  const painted = useSyncExternalStore(theme.subscribe, () => document.documentElement.dataset["theme"]);
  return (
    <div className="relative overflow-hidden">
      <Picture key={painted} {...props} />
      <Figures {...props} />
    </div>
  );
});
