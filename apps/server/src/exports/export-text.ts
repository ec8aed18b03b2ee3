/** Call records as text: CSV that no spreadsheet runs, or a JSON array; times in the zone that was asked for. */
import type { CallRecord } from "@switchboard/control/call-records";
import type { ExportColumn, ExportFormat } from "@switchboard/control/exports";
import { stringify } from "csv-stringify/sync";
import { createZoneClock } from "./zone-clock.ts";

export type ExportText = {
  head: string;
  /** `isFirst`: nothing stands before them but the head. */
  rows: (records: readonly CallRecord[], isFirst: boolean) => string;
  foot: string;
};

type Shape = { format: ExportFormat; columns: readonly ExportColumn[]; timeZone: string; byteOrderMark: boolean };

const times: ReadonlySet<ExportColumn> = new Set<ExportColumn>(["startedAt", "answeredAt", "endedAt"]);

/** What a spreadsheet takes for the beginning of a formula, in a cell or behind what it may take for the end of one. */
const formula = /(^|[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])/g;
/** A number as it is dialled: a spreadsheet reads it as that number, and a script finds it as the API gives it. */
const dialled = /^\+\d{1,20}$/;

/** A quote in front makes text of it. */
export const guarded = (text: string): string => (dialled.test(text) ? text : text.replace(formula, "$1'"));

type Cell = string | number;

const cellOf = (value: CallRecord[ExportColumn]): Cell => {
  if (value === null) return "";
  if (typeof value === "string") return guarded(value);
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
};

const valuesIn = ({ columns, timeZone }: Shape) => {
  const inZone = createZoneClock(timeZone);
  return (record: CallRecord): CallRecord[ExportColumn][] =>
    columns.map((column) => {
      const value = record[column];
      return typeof value === "string" && times.has(column) ? inZone(value) : value;
    });
};

const csv = (shape: Shape): ExportText => {
  const valuesOf = valuesIn(shape);
  const header = stringify([[...shape.columns]]);
  return {
    head: `${shape.byteOrderMark ? "\uFEFF" : ""}${header}`,
    rows: (records) => stringify(records.map((record) => valuesOf(record).map(cellOf))),
    foot: "",
  };
};

const json = (shape: Shape): ExportText => {
  const valuesOf = valuesIn(shape);
  const line = (record: CallRecord): string => {
    const values = valuesOf(record);
    return JSON.stringify(Object.fromEntries(shape.columns.map((column, index) => [column, values[index]])));
  };
  return {
    head: "[",
    rows: (records, isFirst) => records.map((record, index) => `${isFirst && index === 0 ? "" : ","}\n${line(record)}`).join(""),
    foot: "\n]\n",
  };
};

export const createExportText = (shape: Shape): ExportText => (shape.format === "csv" ? csv(shape) : json(shape));
