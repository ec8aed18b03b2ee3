/** Orders an export of the calls that the address says, and of no others. */
import { exportColumns, type ExportColumn, exportFormats } from "@switchboard/api/schemas/export-lists";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Notice } from "../../components/notice.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { failureOf } from "../../api/failure.ts";
import { counted } from "../../format/number.ts";
import { exportColumnWords } from "./export-words.ts";
import type { CallAddress } from "./use-call-search.ts";

type Filters = Omit<CallAddress["query"], "limit">;
type Format = (typeof exportFormats)[number];

const formatOptions = [
  { value: "csv", label: "CSV, for spreadsheets and scripts" },
  { value: "json", label: "JSON, one list" },
];

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zoneOptions = [...new Set([here, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((value) => ({ value, label: value }));

const HowMany = ({ filters }: { filters: Filters }) => {
  const { data } = trpc.callRecords.total.useQuery(filters);
  if (data === undefined) return <>The calls that are listed</>;
  if (data.precision === "exact") return <>{counted(data.count, "call")}</>;
  return data.precision === "estimate" ? <>About {counted(data.count, "call")}</> : <>{counted(data.count, "call")} or more</>;
};

const Columns = ({ chosen, onChange }: { chosen: readonly ExportColumn[]; onChange: (chosen: ExportColumn[]) => void }) => (
  <fieldset className="grid gap-1.5">
    <legend className="mb-1.5 text-ink-2">Columns</legend>
    <div className="grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-3">
      {exportColumns.map((column) => (
        <label key={column} className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            className="accent-accent"
            checked={chosen.includes(column)}
            onChange={({ target }) => onChange(exportColumns.filter((each) => (each === column ? target.checked : chosen.includes(each))))}
          />
          {exportColumnWords[column]}
        </label>
      ))}
    </div>
  </fieldset>
);

type Choice = { format: Format; timeZone: string; columns: ExportColumn[]; byteOrderMark: boolean };
type Change = (fields: Partial<Choice>) => void;

const Shape = ({ choice: { format, timeZone, byteOrderMark }, change }: { choice: Choice; change: Change }) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Format"
        options={formatOptions}
        value={format}
        onChange={({ target }) => change({ format: exportFormats.find((each) => each === target.value) ?? "csv" })}
      />
      <SelectField
        label="Time zone of the times"
        options={zoneOptions}
        value={timeZone}
        onChange={({ target }) => change({ timeZone: target.value })}
      />
    </div>
    {format === "csv" && (
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={byteOrderMark}
          onChange={({ target }) => change({ byteOrderMark: target.checked })}
        />
        For Excel, which needs a mark in front to read names right
      </label>
    )}
  </>
);

const first: Choice = { format: "csv", timeZone: here, columns: [...exportColumns], byteOrderMark: false };

export const ExportDialog = ({ filters, onClose, onOrdered }: { filters: Filters; onClose: () => void; onOrdered: () => void }) => {
  const [choice, setChoice] = useState(first);
  const change: Change = (fields) => setChoice((before) => ({ ...before, ...fields }));
  const api = trpc.useUtils();
  const order = trpc.callRecords.export.useMutation({
    onSuccess: async () => {
      await api.exports.invalidate();
      onOrdered();
    },
  });
  const isReady = choice.columns.length > 0 && !order.isPending;
  return (
    <Dialog title="Export these calls" onClose={onClose} isWide>
      <form
        className="grid gap-4"
        aria-label="Export these calls"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) order.mutate({ ...filters, ...choice });
        }}
      >
        <p className="text-ink-2">
          <strong className="font-[550] text-ink">
            <HowMany filters={filters} />
          </strong>
          , filtered as the list is now. Calls that begin later are not in it.
        </p>
        <Shape choice={choice} change={change} />
        <Columns chosen={choice.columns} onChange={(columns) => change({ columns })} />
        {choice.columns.length === 0 && <Notice tone="ring">Take one column at least.</Notice>}
        {order.error !== null && <Notice tone="bad">The export could not begin. {failureOf(order.error).message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" weight="primary" aria-disabled={!isReady}>
            {order.isPending ? "One moment…" : "Export"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
