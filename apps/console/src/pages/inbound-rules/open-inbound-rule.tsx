/** The inbound rule of the address, to be read or changed. */
import type { ReactNode } from "react";
import { isNotFound } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { RuleWarnings } from "../rules/rule-warnings.tsx";
import { EditInboundRule } from "./edit-inbound-rule.tsx";
import { InboundRuleFacts } from "./inbound-rule-facts.tsx";

type Props = {
  id: string;
  country: string | null;
  ruleWay: (id: string, children: ReactNode) => ReactNode;
  onUnsaved: (change: UnsavedChange) => void;
  onGone: () => Promise<void>;
};

export const OpenInboundRule = ({ id, country, ruleWay, onUnsaved, onGone }: Props) => {
  const { data: rule, error, refetch } = trpc.inboundRules.get.useQuery({ id });
  const isAdmin = useIsAdmin();
  if (isNotFound(error))
    return <p className="text-ink-2">There is no such rule. It may have been deleted, or the address was cut short.</p>;
  if (rule === undefined) {
    return error === null ? <LoadingRows rows={4} /> : <NotLoaded what="The rule" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {rule.warnings.length > 0 && (
        <div className="mb-3">
          <RuleWarnings warnings={rule.warnings} ruleWay={ruleWay} />
        </div>
      )}
      {isAdmin ? <EditInboundRule {...{ rule, country, onUnsaved, onGone }} /> : <InboundRuleFacts rule={rule} country={country} />}
    </>
  );
};
