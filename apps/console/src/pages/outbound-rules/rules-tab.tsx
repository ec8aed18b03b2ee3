/** Over which trunks calls leave: the rules in their order, the one that is open, and a call that nobody makes to try them. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useCountry } from "../../format/use-country.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import type { SimulatedCall, UnsavedChange } from "../../simulator/simulated-call.ts";
import { Simulator } from "../../simulator/simulator.tsx";
import { RulesLayout } from "../rules/rules-layout.tsx";
import { useSimulatedCall } from "../rules/use-simulated-call.ts";
import { NewOutboundRule } from "./new-outbound-rule.tsx";
import { OpenOutboundRule } from "./open-outbound-rule.tsx";
import { OutboundRuleFilters } from "./outbound-rule-filters.tsx";
import { OutboundRuleList } from "./outbound-rule-list.tsx";

const route = getRouteApi("/outbound-rules");

const ruleWay = (id: string, children: ReactNode) => (
  <Link from="/outbound-rules" to="." search={(now) => ({ ...now, rule: id, new: undefined })}>
    {children}
  </Link>
);

const useAddress = () => {
  const { rule, new: isNew = false, from = "", to = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const onAddress = useCallback(
    (call: SimulatedCall) =>
      void navigate({ search: (now) => ({ ...now, from: call.from || undefined, to: call.to || undefined }), replace: true }),
    [navigate],
  );
  const show = (id: string | undefined, ignoreBlocker: boolean) =>
    navigate({ search: (now) => ({ ...now, rule: id, new: undefined }), ignoreBlocker });
  return { rule, isNew, simulated: useSimulatedCall({ from, to }, onAddress), show };
};

const useOpen = (onUnsaved: (change: UnsavedChange) => void, { rule, isNew, show }: ReturnType<typeof useAddress>) => {
  const country = useCountry();
  const isAdmin = useIsAdmin();
  const onClose = () => void show(undefined, false);
  if (isNew && isAdmin) {
    const onCreated = ({ id }: { id: string }) => show(id, true);
    return { title: "New rule", onClose, content: <NewOutboundRule {...{ country, onUnsaved, onCreated }} onCancel={onClose} /> };
  }
  if (rule === undefined) return null;
  const onGone = () => show(undefined, true);
  return { title: "The rule", onClose, content: <OpenOutboundRule key={rule} id={rule} {...{ country, ruleWay, onUnsaved, onGone }} /> };
};

export const RulesTab = () => {
  const [unsaved, setUnsaved] = useState<UnsavedChange>(null);
  const address = useAddress();
  const { call, setCall } = address.simulated;
  const open = useOpen(setUnsaved, address);
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
