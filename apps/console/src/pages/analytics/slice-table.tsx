/** The parts of the calls by agent, group, rule or provider: the largest first, each with a bar and leading to its calls. */
import type { Slice, Summary } from "@switchboard/api/schemas/summary";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { formatDuration } from "../../format/duration.ts";
import { counted, formatCount, formatPart } from "../../format/number.ts";
import { linkLook } from "../../links/link-look.ts";
import type { CallSearch } from "../../routes/call-records.ts";
import { callsOf } from "./use-analytics.ts";

const shownFirst = 8;

type Props = {
  title: string;
  /** Of agents and providers, each dial counts. */
  unit: "call" | "dial";
  summary: Summary;
  slices: readonly Slice[];
  searchOf: (slice: Slice) => CallSearch;
  /** Names are numbers, or patterns of such. */
  isNumber?: boolean;
};

const heads = "py-1.5 text-xs font-normal text-ink-3";
const figures = "px-1 text-right sm:px-2";
const cell = `num py-1.5 align-baseline ${figures}`;

const Heads = ({ title, unit }: Pick<Props, "title" | "unit">) => (
  <thead>
    <tr>
      <th scope="col" className={`${heads} pr-2 pl-4 text-left`}>
        {title.replace("By ", "").replace(/^./, (letter) => letter.toUpperCase())}
      </th>
      <th scope="col" className={`${heads} ${figures} w-16 sm:w-22`}>
        {unit === "call" ? "Calls" : "Dials"}
      </th>
      <th scope="col" className={`${heads} ${figures} w-13 sm:w-18`}>
        ASR
      </th>
      <th scope="col" className={`${heads} ${figures} w-17 pr-4 sm:w-20 sm:pr-4`}>
        ACD
      </th>
    </tr>
  </thead>
);

type RowProps = Pick<Props, "unit" | "summary" | "searchOf" | "isNumber"> & { slice: Slice; most: number };

const Row = ({ slice, most, unit, summary, searchOf, isNumber = false }: RowProps) => {
  const { name, calls, answered, averageDurationSeconds } = slice;
  const search = { ...callsOf(summary), ...searchOf(slice) };
  const part = formatPart(answered / calls);
  return (
    <tr className="border-t border-line hover:bg-sunken">
      <th scope="row" className="py-1.5 pr-2 pl-4 text-left font-normal">
        <span className={`block truncate ${isNumber ? "num" : ""}`} title={name}>
          {name}
        </span>
        <span aria-hidden className="mt-1 block h-1 rounded-full bg-idle-soft">
          <span className="block h-1 min-w-0.5 rounded-full bg-accent" style={{ width: `${(calls / most) * 100}%` }} />
        </span>
      </th>
      <td className={cell}>
        <Link to="/calls" search={search} className={linkLook} aria-label={`${counted(calls, unit)}, ${name}`}>
          {formatCount(calls)}
        </Link>
      </td>
      <td className={cell}>
        <Link to="/calls" search={{ ...search, outcome: "answered" }} className="hover:underline" aria-label={`${part} answered, ${name}`}>
          {part}
        </Link>
      </td>
      <td className={`${cell} pr-4 sm:pr-4`}>{answered === 0 ? "–" : formatDuration(averageDurationSeconds)}</td>
    </tr>
  );
};

export const SliceTable = (props: Props) => {
  const { title, unit, slices } = props;
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? slices : slices.slice(0, shownFirst);
  return (
    <Card title={title} beside={`${unit}s, how many were answered, and for how long`}>
      {slices.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">None in this time.</p>
      ) : (
        <table className="w-full table-fixed border-collapse" aria-label={title}>
          <Heads title={title} unit={unit} />
          <tbody>
            {rows.map((slice) => (
              <Row key={slice.id} slice={slice} most={slices[0]?.calls ?? 1} {...props} />
            ))}
          </tbody>
        </table>
      )}
      {slices.length > shownFirst && (
        <div className="border-t border-line px-4 py-2">
          <Button onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
            {isWhole ? "Show fewer" : `Show all ${formatCount(slices.length)}`}
          </Button>
        </div>
      )}
    </Card>
  );
};
