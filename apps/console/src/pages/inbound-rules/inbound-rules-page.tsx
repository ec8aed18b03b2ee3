/** Which number goes where: the rules in their order, the one that is open, and a call that nobody makes to try them. */
import { useState } from "react";
import { LinkButton } from "../../components/link-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { Simulator } from "../../simulator/simulator.tsx";
import { RulesLayout } from "../rules/rules-layout.tsx";
import { useOpenRule } from "../rules/use-open-rule.tsx";
import { useRulesAddress } from "../rules/use-rules-address.ts";
import { InboundRuleFilters } from "./inbound-rule-filters.tsx";
import { InboundRuleList } from "./inbound-rule-list.tsx";
import { NewInboundRule } from "./new-inbound-rule.tsx";
import { OpenInboundRule } from "./open-inbound-rule.tsx";

export const InboundRulesPage = () => {
  const [unsaved, setUnsaved] = useState<UnsavedChange>(null);
  const address = useRulesAddress("/inbound-rules");
  const { call, setCall } = address.simulated;
  const open = useOpenRule(address, { New: NewInboundRule, Open: OpenInboundRule, onUnsaved: setUnsaved });
  const isAdmin = useIsAdmin();
  return (
    <>
      <PageHead title="Inbound rules" beside={<span className="text-ink-3">tried from the top; the first that matches decides</span>}>
        {isAdmin && (
          <LinkButton from="/inbound-rules" to="." search={(now) => ({ ...now, rule: undefined, new: true })} weight="primary">
            New rule
          </LinkButton>
        )}
      </PageHead>
      <RulesLayout
        list={
          <>
            <InboundRuleFilters />
            <section aria-label="Inbound rules" className="overflow-clip rounded-lg border border-line bg-panel">
              <InboundRuleList isBesideRule={open !== null} />
            </section>
          </>
        }
        question="Who would get this call?"
        simulator={<Simulator direction="inbound" call={call} onCall={setCall} unsaved={unsaved} />}
        isSimulating={call.to !== ""}
        open={open}
      />
    </>
  );
};
