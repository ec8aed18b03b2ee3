/** What a rule goes by: the numbers it matches; its id until they are known, and for one that is gone. */
import { trpc } from "../api/trpc.ts";

/** Which direction it is of is not told by its id. */
export const useRuleName = (ruleId: string | null): string => {
  const enabled = ruleId !== null;
  const id = ruleId ?? "";
  const inbound = trpc.inboundRules.get.useQuery({ id }, { enabled });
  const outbound = trpc.outboundRules.get.useQuery({ id }, { enabled });
  if (inbound.data !== undefined) return inbound.data.pattern;
  return outbound.data === undefined ? id : (outbound.data.prefix ?? "*");
};
