/** Over which trunks calls leave: the rules in their order, the one that is open, and a call that nobody makes to try them. */
import { useState } from "react";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { Simulator } from "../../simulator/simulator.tsx";
import { RulesLayout } from "../rules/rules-layout.tsx";
import { useOpenRule } from "../rules/use-open-rule.tsx";
import { useRulesAddress } from "../rules/use-rules-address.ts";
import { NewOutboundRule } from "./new-outbound-rule.tsx";
import { OpenOutboundRule } from "./open-outbound-rule.tsx";
import { OutboundRuleFilters } from "./outbound-rule-filters.tsx";
import { OutboundRuleList } from "./outbound-rule-list.tsx";

export const RulesTab = () => {
  const [unsaved, setUnsaved] = useState<UnsavedChange>(null);
  const address = useRulesAddress("/outbound-rules");
  const { call, setCall } = address.simulated;
  const open = useOpenRule(address, { New: NewOutboundRule, Open: OpenOutboundRule, onUnsaved: setUnsaved });
  return (
    <RulesLayout
      list={
        <>
          <OutboundRuleFilters />
          <section aria-label="Outbound rules" className="overflow-clip rounded-lg border border-line bg-panel">
            <OutboundRuleList isBesideRule={open !== null} />
          </section>
        </>
      }
      question="How would this call leave?"
      simulator={<Simulator direction="outbound" call={call} onCall={setCall} unsaved={unsaved} />}
      isSimulating={call.to !== ""}
      open={open}
    />
  );
};
