/** The columns of the list of outbound rules. */
import type { OutboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import type { Column } from "../../components/data-table.tsx";
import { PhoneText } from "../../components/phone-text.tsx";
import { phraseOfPrefix } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { RuleEnabled } from "../rules/rule-enabled.tsx";
import { RuleSubject } from "../rules/rule-subject.tsx";
import { outboundName } from "./outbound-words.ts";

const Destination = ({ rule }: { rule: OutboundRule }) => {
  const country = useCountry();
  const { prefix, callerIdPrefix } = rule;
  const caller = callerIdPrefix === null ? null : phraseOfPrefix(callerIdPrefix, country);
  return <RuleSubject page="/outbound-rules" rule={rule} subject={phraseOfPrefix(prefix, country)} caller={caller} />;
};

const Trunks = ({ rule: { trunkConfig } }: { rule: OutboundRule }) => (
  <div className="grid min-w-0 gap-0.5">
    <span className="break-words">{trunkConfig.trunks.join(", then ")}</span>
    {trunkConfig.callerId !== undefined && (
      <span className="text-ink-3">
        as <PhoneText number={trunkConfig.callerId} />
      </span>
    )}
  </div>
);

const Enabled = ({ rule }: { rule: OutboundRule }) => {
  const api = trpc.useUtils();
  const { id, version } = rule;
  return (
    <RuleEnabled
      rule={rule}
      name={outboundName(rule, useCountry())}
      save={(enabled) => api.client.outboundRules.update.mutate({ id, version, enabled })}
      onSettled={() => void api.outboundRules.invalidate()}
    />
  );
};

export const outboundRuleColumns: readonly Column<OutboundRule>[] = [
  { id: "numbers", header: "Destination", width: "minmax(0,2fr)", isUnnamedInCard: true, cell: (rule) => <Destination rule={rule} /> },
  { id: "trunks", header: "Over", width: "minmax(0,1.6fr)", cell: (rule) => <Trunks rule={rule} /> },
  { id: "priority", header: "Priority", width: "60px", isNumber: true, cell: ({ priority }) => priority },
  { id: "enabled", header: "Enabled", width: "76px", cell: (rule) => <Enabled rule={rule} /> },
];

/** Where the open rule stands beside the list. */
export const hiddenBesideRule = ["priority", "enabled"];
