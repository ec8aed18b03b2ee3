/** The columns of the list of outbound rules. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OutboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Badge } from "../../components/badge.tsx";
import type { Column } from "../../components/data-table.tsx";
import { PhoneText } from "../../components/phone-text.tsx";
import { Phrase } from "../../components/phrase.tsx";
import { phraseOfPrefix } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { EnabledSwitch } from "../rules/enabled-switch.tsx";
import { RuleWarnings } from "../rules/rule-warnings.tsx";
import { outboundName } from "./outbound-words.ts";

const ruleWay = (id: string, children: ReactNode) => (
  <Link from="/outbound-rules" to="." search={(now) => ({ ...now, rule: id, new: undefined })}>
    {children}
  </Link>
);

const Destination = ({ rule }: { rule: OutboundRule }) => {
  const country = useCountry();
  return (
    <div className={`grid min-w-0 gap-0.5 ${rule.enabled ? "" : "text-ink-3"}`}>
      <Link
        from="/outbound-rules"
        to="."
        search={(now) => ({ ...now, rule: rule.id, new: undefined })}
        className="font-[550] break-words after:absolute after:inset-0"
      >
        <Phrase phrase={phraseOfPrefix(rule.prefix, country)} isCapital />
      </Link>
      {rule.callerIdPrefix !== null && (
        <span className="text-ink-2">
          from <Phrase phrase={phraseOfPrefix(rule.callerIdPrefix, country)} />
        </span>
      )}
      <RuleWarnings warnings={rule.warnings} ruleWay={ruleWay} />
    </div>
  );
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
  const country = useCountry();
  const { id, version, enabled } = rule;
  if (!useIsAdmin()) return enabled ? <Badge tone="ok">Enabled</Badge> : <Badge tone="idle">Disabled</Badge>;
  return (
    <span className="relative z-10 inline-flex">
      <EnabledSwitch
        rule={rule}
        name={outboundName(rule, country)}
        save={(next) => api.client.outboundRules.update.mutate({ id, version, enabled: next })}
        onSettled={() => void api.outboundRules.invalidate()}
      />
    </span>
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
