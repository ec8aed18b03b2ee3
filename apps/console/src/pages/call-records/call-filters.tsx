/** Narrows the list of calls down: one search for everything that can be typed, and what can be chosen. */
import { callOutcomes, callStatuses } from "@switchboard/api/schemas/call-lists";
import { type Reason, reasons } from "@switchboard/routing/reason";
import type { ReactNode } from "react";
import { useCallback } from "react";
import { CompactSelect } from "../../components/compact-select.tsx";
import { FilterPopover } from "../../components/filter-popover.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TimeRangeField } from "../../components/time-range-field.tsx";
import { reasonWords } from "../../format/reason-words.ts";
import { AgentPicker } from "../../pickers/agent-picker.tsx";
import { GroupPicker } from "../../pickers/group-picker.tsx";
import { RulePicker } from "../../pickers/rule-picker.tsx";
import { outcomeWords } from "./outcome-words.ts";
import { statusWords } from "./status-words.ts";
import type { CallAddress } from "./use-call-search.ts";

const statusOptions = [{ value: "", label: "Any status" }, ...callStatuses.map((value) => ({ value, label: statusWords[value] }))];
const directionOptions = [
  { value: "", label: "Both" },
  { value: "inbound", label: "Inbound" },
  { value: "outbound", label: "Outbound" },
];
const reasonOptions = [{ value: "", label: "Any" }, ...reasons.map((value) => ({ value, label: reasonWords[value] }))];
const outcomeOptions = [{ value: "", label: "Any" }, ...callOutcomes.map((value) => ({ value, label: outcomeWords[value] }))];
const testOptions = [
  { value: "", label: "With the others" },
  { value: "false", label: "Left out" },
  { value: "true", label: "Only they" },
];

const oneOf = <Value extends string>(values: readonly Value[], value: string): Value | undefined => values.find((each) => each === value);

const Seldom = ({ search, change }: Pick<CallAddress, "search" | "change">) => {
  const { direction, reason, agent, group, rule, test, outcome } = search;
  const count = [direction, reason, agent, group, rule, test, outcome].filter((value) => value !== undefined && value !== "").length;
  return (
    <FilterPopover count={count}>
      <AgentPicker label="Agent that was tried" agentId={agent ?? null} onChange={(id) => change({ agent: id ?? undefined })} />
      <GroupPicker label="Group" groupId={group ?? null} onChange={(id) => change({ group: id ?? undefined })} />
      <RulePicker label="Rule" ruleId={rule ?? null} onChange={(id) => change({ rule: id ?? undefined })} />
      <SelectField
        label="What became of it"
        options={outcomeOptions}
        value={outcome ?? ""}
        onChange={({ target }) => change({ outcome: oneOf(callOutcomes, target.value) })}
      />
      <SelectField
        label="Reason"
        options={reasonOptions}
        value={reason ?? ""}
        onChange={({ target }) => change({ reason: oneOf<Reason>(reasons, target.value) })}
      />
      <SelectField
        label="Direction"
        options={directionOptions}
        value={direction ?? ""}
        onChange={({ target }) => change({ direction: oneOf(["inbound", "outbound"], target.value) })}
      />
      <SelectField
        label="Test calls"
        options={testOptions}
        value={test === undefined ? "" : String(test)}
        onChange={({ target }) => change({ test: target.value === "" ? undefined : target.value === "true" })}
      />
    </FilterPopover>
  );
};

/** `children`: what else there is to do with the list. */
export const CallFilters = ({ address, children }: { address: CallAddress; children: ReactNode }) => {
  const { search, change } = address;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        label="Number, agent, call or session"
        value={search.q ?? ""}
        onSearch={useCallback((q: string) => change({ q }), [change])}
      />
      <TimeRangeField choice={search} onChange={change} />
      <CompactSelect
        label="Status"
        value={search.status ?? ""}
        options={statusOptions}
        onChange={(value) => change({ status: oneOf(callStatuses, value) })}
      />
      <Seldom search={search} change={change} />
      <span className="flex-1" />
      {children}
    </div>
  );
};
