/** What happens when nobody can take a call, chosen and told in full; for a form that has a field `fallback`, within its FormProvider. */
import type { FallbackInput } from "@switchboard/routing/input/fallback";
import { useController, useFormContext } from "react-hook-form";
import { SelectField } from "../components/select-field.tsx";
import { type FallbackLevel, inheritedWords } from "../format/fallback-words.ts";
import { FallbackParts } from "./fallback-parts.tsx";
import { issuesWithin } from "./issues-within.ts";

type Kind = NonNullable<FallbackInput>["type"] | "inherit";

const kindWords: Record<Exclude<Kind, "inherit">, string> = {
  voice_agent: "Another agent",
  agent_group: "Another group",
  number: "A phone number",
  sip: "A SIP address",
  message: "A spoken message, then hang up",
  reject: "Reject the call",
  hangup: "Hang up",
};

const inheritHints: Record<FallbackLevel, string> = {
  rule: "Nothing chosen here: the group's fallback decides, then the tenant's. Where there is neither, callers hear busy when everybody is full, and are hung up on otherwise.",
  group:
    "Nothing chosen here: the tenant's fallback decides. Where there is none, callers hear busy when everybody is full, and are hung up on otherwise.",
  tenant: "What is built in. Groups and rules can say something else for their own calls.",
};

const empty = (kind: Kind): FallbackInput => {
  switch (kind) {
    case "inherit":
      return null;
    case "voice_agent":
    case "agent_group":
      return { type: kind, targetId: "" };
    case "number":
      return { type: kind, number: "" };
    case "sip":
      return { type: kind, uri: "" };
    case "message":
      return { type: kind, text: "" };
    case "reject":
      return { type: kind, reason: "busy" };
    case "hangup":
      return { type: kind };
  }
};

const kinds: readonly Kind[] = ["inherit", "agent_group", "voice_agent", "number", "sip", "message", "reject", "hangup"];

type Values = { fallback: FallbackInput };

/** `level`: whose it is, which says what decides where nothing is chosen. */
export const FallbackField = ({ level }: { level: FallbackLevel }) => {
  const { control, clearErrors, formState } = useFormContext<Values>();
  const { field } = useController<Values, "fallback">({ control, name: "fallback" });
  const issues = issuesWithin(formState.errors.fallback);
  const kind = field.value?.type ?? "inherit";
  const change = (fallback: FallbackInput) => {
    clearErrors("fallback");
    field.onChange(fallback);
  };
  return (
    <div className="grid gap-3">
      <SelectField
        label="When nobody can take the call"
        options={kinds.map((each) => ({ value: each, label: each === "inherit" ? inheritedWords[level] : kindWords[each] }))}
        value={kind}
        error={issues[""] ?? issues["type"]}
        {...(kind === "inherit" ? { hint: inheritHints[level] } : {})}
        onChange={(event) => {
          const chosen = kinds.find((each) => each === event.target.value);
          if (chosen !== undefined) change(empty(chosen));
        }}
        onBlur={field.onBlur}
      />
      <FallbackParts fallback={field.value} issues={issues} onChange={change} />
    </div>
  );
};
