/** The inbound rule of the address, to be read or changed. */
import { trpc } from "../../api/trpc.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { OpenRule } from "../rules/open-rule.tsx";
import { EditInboundRule } from "./edit-inbound-rule.tsx";
import { InboundRuleFacts } from "./inbound-rule-facts.tsx";

type Props = { id: string; country: string | null; onUnsaved: (change: UnsavedChange) => void; onGone: () => Promise<void> };

export const OpenInboundRule = ({ id, country, onUnsaved, onGone }: Props) => {
  const read = trpc.inboundRules.get.useQuery({ id });
  const isAdmin = useIsAdmin();
  return (
    <OpenRule page="/inbound-rules" read={read}>
      {(rule) =>
        isAdmin ? <EditInboundRule {...{ rule, country, onUnsaved, onGone }} /> : <InboundRuleFacts rule={rule} country={country} />
      }
    </OpenRule>
  );
};
