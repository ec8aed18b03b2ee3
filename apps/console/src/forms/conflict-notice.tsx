/** Somebody else has changed the thing since this form was filled: what they made of each field against mine, and a choice. */
import { useEffect, useId, useRef } from "react";
import { Button } from "../components/button.tsx";
import { TimeText } from "../components/time-text.tsx";
import { type Difference, differencesOf, type FieldInWords } from "./differences.ts";
import type { Editing } from "./use-editing.ts";

const Cell = ({ name, value, untouched }: { name: string; value: string | null; untouched: string }) => (
  <td className="flex gap-2 py-0.5 align-top break-words sm:table-cell sm:py-1.5 sm:pr-4">
    <span className="w-12 shrink-0 text-ink-3 sm:hidden">{name}</span>
    {value === null ? <span className="text-ink-3">{untouched}</span> : value}
  </td>
);

const Row = ({ difference: { label, was, theirs, mine } }: { difference: Difference }) => (
  <tr className="block border-t border-line py-1.5 sm:table-row sm:py-0">
    <th scope="row" className="block text-left font-[550] sm:table-cell sm:py-1.5 sm:pr-4 sm:align-top">
      {label}
    </th>
    <Cell name="Was" value={was} untouched="" />
    <Cell name="Theirs" value={theirs} untouched="left as it was" />
    <Cell name="Mine" value={mine} untouched="left as it was" />
  </tr>
);

const Rows = ({ differences }: { differences: readonly Difference[] }) => (
  <table className="block w-full text-ink sm:table">
    <thead className="hidden sm:table-header-group">
      <tr className="text-left text-xs text-ink-3">
        {["Field", "Was", "Theirs", "Mine"].map((head) => (
          <th key={head} scope="col" className="pb-1 font-medium">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="block sm:table-row-group">
      {differences.map((difference) => (
        <Row key={difference.name} difference={difference} />
      ))}
    </tbody>
  </table>
);

type Props<Values> = { editing: Editing<Values>; fields: readonly FieldInWords<Values>[] /** "this agent". */; what: string };

/** Nothing while there is no conflict. */
export const ConflictNotice = <Values extends object>({ editing, fields, what }: Props<Values>) => {
  const { conflict, keepMine, takeTheirs } = editing;
  const titleId = useId();
  const place = useRef<HTMLElement>(null);
  const isThere = conflict !== null;
  useEffect(() => {
    if (isThere) place.current?.focus();
  }, [isThere]);
  if (conflict === null) return null;
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="grid gap-3 rounded-lg border border-ring/40 bg-panel p-4 outline-offset-2"
    >
      <div className="grid gap-0.5">
        <h2 id={titleId} className="font-semibold text-ring">
          {conflict.by ?? "Somebody"} changed {what} while you were editing
        </h2>
        <p className="text-ink-2">
          Nothing of yours was saved yet{conflict.at === null ? "" : ", and theirs stands since "}
          {conflict.at !== null && <TimeText at={conflict.at} />}.
        </p>
      </div>
      <Rows differences={differencesOf(fields, conflict)} />
      <div className="flex flex-wrap gap-2">
        <Button weight="primary" onClick={keepMine}>
          Keep mine on top of theirs
        </Button>
        <Button onClick={takeTheirs}>Take theirs</Button>
      </div>
      <p className="text-xs text-ink-3">Either way you see the form before anything is saved.</p>
    </section>
  );
};
