/** The columns of the list of inbound rules. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { InboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Badge } from "../../components/badge.tsx";
import type { Column } from "../../components/data-table.tsx";
import { Phrase } from "../../components/phrase.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatCount } from "../../format/number.ts";
import { phraseOfPattern, textOfPhrase } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { EnabledSwitch } from "../rules/enabled-switch.tsx";
import { RuleWarnings } from "../rules/rule-warnings.tsx";
import { TargetLink } from "./target-link.tsx";
import type { InboundRuleRow } from "./use-inbound-rule-rows.ts";

const ruleWay = (id: string, children: ReactNode) => (
  <Link from="/inbound-rules" to="." search={(now) => ({ ...now, rule: id, new: undefined })}>
    {children}
  </Link>
);

const Numbers = ({ rule }: { rule: InboundRule }) => {
  const country = useCountry();
  return (
    <div className={`grid min-w-0 gap-0.5 ${rule.enabled ? "" : "text-ink-3"}`}>
      <Link
        from="/inbound-rules"
        to="."
        search={(now) => ({ ...now, rule: rule.id, new: undefined })}
        title={rule.pattern}
        className="font-[550] break-words after:absolute after:inset-0"
      >
        <Phrase phrase={phraseOfPattern(rule.pattern, country)} isCapital />
      </Link>
      {rule.callerPattern !== null && (
        <span className="text-ink-2">
          from <Phrase phrase={phraseOfPattern(rule.callerPattern, country)} />
        </span>
      )}
      <RuleWarnings warnings={rule.warnings} ruleWay={ruleWay} />
    </div>
  );
};

const Enabled = ({ rule }: { rule: InboundRule }) => {
  const api = trpc.useUtils();
  const country = useCountry();
  const { id, version, enabled } = rule;
  if (!useIsAdmin()) return enabled ? <Badge tone="ok">Enabled</Badge> : <Badge tone="idle">Disabled</Badge>;
  return (
    <span className="relative z-10 inline-flex">
      <EnabledSwitch
        rule={rule}
        name={textOfPhrase(phraseOfPattern(rule.pattern, country))}
        save={(next) => api.client.inboundRules.update.mutate({ id, version, enabled: next })}
        onSettled={() => void api.inboundRules.invalidate()}
      />
    </span>
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
