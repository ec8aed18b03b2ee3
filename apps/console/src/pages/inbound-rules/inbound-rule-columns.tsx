/** The columns of the list of inbound rules. */
import type { InboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import type { Column } from "../../components/data-table.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatCount } from "../../format/number.ts";
import { phraseOfPattern, textOfPhrase } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { RuleEnabled } from "../rules/rule-enabled.tsx";
import { RuleSubject } from "../rules/rule-subject.tsx";
import { TargetLink } from "./target-link.tsx";
import type { InboundRuleRow } from "./use-inbound-rule-rows.ts";

const Numbers = ({ rule }: { rule: InboundRule }) => {
  const country = useCountry();
  const { pattern, callerPattern } = rule;
  const caller = callerPattern === null ? null : phraseOfPattern(callerPattern, country);
  return <RuleSubject page="/inbound-rules" rule={rule} subject={phraseOfPattern(pattern, country)} caller={caller} title={pattern} />;
};

const Enabled = ({ rule }: { rule: InboundRule }) => {
  const api = trpc.useUtils();
  const { id, version } = rule;
  return (
    <RuleEnabled
      rule={rule}
      name={textOfPhrase(phraseOfPattern(rule.pattern, useCountry()))}
      save={(enabled) => api.client.inboundRules.update.mutate({ id, version, enabled })}
      onSettled={() => void api.inboundRules.invalidate()}
    />
  );
};

const notKnown = <span className="text-ink-3">–</span>;

const Hits = ({ hits }: InboundRuleRow) => {
  if (hits === null) return notKnown;
  return (
    <div className="grid">
      <span className="num">{formatCount(hits.count)}</span>
      <span className="text-xs text-ink-3">{hits.lastAt === null ? "never yet" : <TimeText at={hits.lastAt} isRelative />}</span>
    </div>
  );
};

export const inboundRuleColumns: readonly Column<InboundRuleRow>[] = [
  { id: "numbers", header: "Numbers", width: "minmax(0,2.4fr)", isUnnamedInCard: true, cell: ({ rule }) => <Numbers rule={rule} /> },
  {
    id: "target",
    header: "Goes to",
    width: "minmax(0,1.4fr)",
    cell: ({ rule }) => (
      <span className="relative z-10 break-words">
        <TargetLink rule={rule} />
      </span>
    ),
  },
  { id: "priority", header: "Priority", width: "52px", isNumber: true, cell: ({ rule: { priority } }) => priority },
  { id: "hits", header: "Calls in 24 h", width: "104px", cell: (row) => <Hits {...row} /> },
  { id: "enabled", header: "Enabled", width: "56px", cell: ({ rule }) => <Enabled rule={rule} /> },
];

/** Where the open rule stands beside the list. */
export const hiddenBesideRule = ["priority", "hits", "enabled"];
