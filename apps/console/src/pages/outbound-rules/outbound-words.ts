/** An outbound rule in words. */
import { phraseOfPrefix, textOfPhrase } from "../../format/pattern-words.ts";
import type { FieldInWords } from "../../forms/differences.ts";
import type { OutboundRuleValues } from "./outbound-rule-form.ts";

type About = Pick<OutboundRuleValues, "prefix" | "callerIdPrefix">;

/** What the rule is about. */
export const outboundName = ({ prefix, callerIdPrefix }: About, country: string | null): string => {
  const destination = textOfPhrase(phraseOfPrefix(prefix, country));
  return callerIdPrefix === null ? destination : `${destination}, from ${textOfPhrase(phraseOfPrefix(callerIdPrefix, country))}`;
};

const seconds = (value: number | undefined): string => (value === undefined ? "as built in" : `${value} s`);

/** For where two people changed them at once. */
export const outboundFields: readonly FieldInWords<OutboundRuleValues>[] = [
  { name: "prefix", label: "Destination", say: ({ prefix }) => prefix ?? "every number" },
  { name: "callerIdPrefix", label: "Caller", say: ({ callerIdPrefix }) => callerIdPrefix ?? "everybody" },
  {
    name: "trunkConfig",
    label: "Trunks and times",
    say: ({ trunkConfig: { trunks, callerId, timeoutSeconds, timeLimitSeconds } }) =>
      `${trunks.join(", then ")}; caller id ${callerId ?? "as it came"}; rings ${seconds(timeoutSeconds)}, lasts ${seconds(timeLimitSeconds)}`,
  },
  { name: "priority", label: "Priority", say: ({ priority }) => String(priority) },
  { name: "enabled", label: "Enabled", say: ({ enabled }) => (enabled ? "yes" : "no") },
];
