/** The outbound rule of the address, to be read or changed. */
import { trpc } from "../../api/trpc.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import { OpenRule } from "../rules/open-rule.tsx";
import { EditOutboundRule } from "./edit-outbound-rule.tsx";
import { OutboundRuleFacts } from "./outbound-rule-facts.tsx";

type Props = { id: string; country: string | null; onUnsaved: (change: UnsavedChange) => void; onGone: () => Promise<void> };

export const OpenOutboundRule = ({ id, country, onUnsaved, onGone }: Props) => {
  const read = trpc.outboundRules.get.useQuery({ id });
  const isAdmin = useIsAdmin();
  return (
    <OpenRule page="/outbound-rules" read={read}>
      {(rule) =>
        isAdmin ? <EditOutboundRule {...{ rule, country, onUnsaved, onGone }} /> : <OutboundRuleFacts rule={rule} country={country} />
      }
    </OpenRule>
  );
};
