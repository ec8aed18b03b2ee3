/** Which number goes where: the rules in their order, the one that is open, and a call that nobody makes to try them. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { LinkButton } from "../../components/link-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useCountry } from "../../format/use-country.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import type { SimulatedCall, UnsavedChange } from "../../simulator/simulated-call.ts";
import { Simulator } from "../../simulator/simulator.tsx";
import { RulesLayout } from "../rules/rules-layout.tsx";
import { useSimulatedCall } from "../rules/use-simulated-call.ts";
import { InboundRuleFilters } from "./inbound-rule-filters.tsx";
import { InboundRuleList } from "./inbound-rule-list.tsx";
import { NewInboundRule } from "./new-inbound-rule.tsx";
import { OpenInboundRule } from "./open-inbound-rule.tsx";

const route = getRouteApi("/inbound-rules");

const ruleWay = (id: string, children: ReactNode) => (
  <Link from="/inbound-rules" to="." search={(now) => ({ ...now, rule: id, new: undefined })}>
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
    return {
      title: "New rule",
      onClose,
      content: <NewInboundRule {...{ country, onUnsaved, onCreated }} onCancel={onClose} />,
    };
  }
  if (rule === undefined) return null;
  const onGone = () => show(undefined, true);
  return { title: "The rule", onClose, content: <OpenInboundRule key={rule} id={rule} {...{ country, ruleWay, onUnsaved, onGone }} /> };
};

export const InboundRulesPage = () => {
  const [unsaved, setUnsaved] = useState<UnsavedChange>(null);
  const address = useAddress();
  const { call, setCall } = address.simulated;
  const open = useOpen(setUnsaved, address);
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
