/** What is to be said of a fallback once its kind is chosen. */
import type { FallbackInput } from "@switchboard/routing/input/fallback";
import { Field } from "../components/field.tsx";
import { SelectField } from "../components/select-field.tsx";
import { TextArea } from "../components/text-area.tsx";
import { type RejectReason, rejectWords } from "../format/fallback-words.ts";
import { AgentPicker } from "../pickers/agent-picker.tsx";
import { GroupPicker } from "../pickers/group-picker.tsx";
import { TrunksField } from "./trunks-field.tsx";

type Of<Type extends NonNullable<FallbackInput>["type"]> = Extract<NonNullable<FallbackInput>, { type: Type }>;
type Issues = Record<string, string>;
type Props<Value> = { fallback: Value; issues: Issues; onChange: (fallback: FallbackInput) => void };

const under = (issues: Issues, part: string): Issues =>
  Object.fromEntries(
    Object.entries(issues).flatMap(([path, message]) => {
      if (path === part) return [["", message]];
      return path.startsWith(`${part}.`) ? [[path.slice(part.length + 1), message]] : [];
    }),
  );

const PhoneNumber = ({ fallback, issues, onChange }: Props<Of<"number">>) => (
  <>
    <Field
      label="Number"
      hint="With + and the country in front, or as it is written in the tenant's country."
      value={fallback.number}
      error={issues["number"]}
      isMono
      inputMode="tel"
      autoComplete="off"
      maxLength={32}
      onChange={(event) => onChange({ ...fallback, number: event.target.value })}
    />
    <TrunksField
      legend="Over these trunks, in this order"
      hint="As Cloudonix names them. Without one the platform chooses."
      trunks={fallback.trunks ?? []}
      issues={under(issues, "trunks")}
      onChange={(trunks) => onChange(trunks.length === 0 ? { type: "number", number: fallback.number } : { ...fallback, trunks })}
    />
  </>
);

const Message = ({ fallback, issues, onChange }: Props<Of<"message">>) => (
  <>
    <TextArea
      label="What callers hear"
      value={fallback.text}
      error={issues["text"]}
      rows={3}
      maxLength={1000}
      onChange={(event) => onChange({ ...fallback, text: event.target.value })}
    />
    <Field
      label="Language"
      hint="Such as en-US. Empty: the platform's own."
      value={fallback.language ?? ""}
      error={issues["language"]}
      autoComplete="off"
      maxLength={16}
      onChange={({ target: { value } }) => {
        const { language: _, ...rest } = fallback;
        onChange(value === "" ? rest : { ...rest, language: value });
      }}
    />
  </>
);

const rejectReasons: readonly RejectReason[] = ["busy", "rejected", "congestion", "failed"];

const Reject = ({ fallback, issues, onChange }: Props<Of<"reject">>) => (
  <SelectField
    label="As"
    hint="What the caller's network is told; the call is never answered."
    options={rejectReasons.map((value) => ({ value, label: rejectWords[value] }))}
    value={fallback.reason}
    error={issues["reason"]}
    onChange={(event) => {
      const reason = rejectReasons.find((each) => each === event.target.value);
      if (reason !== undefined) onChange({ ...fallback, reason });
    }}
  />
);

const Target = ({ fallback, issues, onChange }: Props<Of<"voice_agent"> | Of<"agent_group">>) => {
  const chosen = fallback.targetId === "" ? null : fallback.targetId;
  const error = issues["targetId"];
  const change = (targetId: string | null) => onChange({ ...fallback, targetId: targetId ?? "" });
  return fallback.type === "voice_agent" ? (
    <AgentPicker label="Agent that takes over" error={error} agentId={chosen} onChange={change} />
  ) : (
    <GroupPicker label="Group that takes over" error={error} groupId={chosen} onChange={change} />
  );
};

const SipAddress = ({ fallback, issues, onChange }: Props<Of<"sip">>) => (
  <Field
    label="SIP address"
    placeholder="sip:desk@example.com"
    value={fallback.uri}
    error={issues["uri"]}
    isMono
    autoComplete="off"
    maxLength={255}
    onChange={(event) => onChange({ ...fallback, uri: event.target.value })}
  />
);

export const FallbackParts = ({ fallback, issues, onChange }: Props<FallbackInput>) => {
  switch (fallback?.type) {
    case undefined:
    case "hangup":
      return null;
    case "voice_agent":
    case "agent_group":
      return <Target {...{ fallback, issues, onChange }} />;
    case "number":
      return <PhoneNumber {...{ fallback, issues, onChange }} />;
    case "sip":
      return <SipAddress {...{ fallback, issues, onChange }} />;
    case "message":
      return <Message {...{ fallback, issues, onChange }} />;
    case "reject":
      return <Reject {...{ fallback, issues, onChange }} />;
  }
};
