/** A number that the first of the enabled rules takes whoever calls. */
import { trpc } from "../api/trpc.ts";
import { sampleNumber } from "./sample-number.ts";

const looksThrough = 50;

/** `number`: undefined while it is looked for, null when no such rule is there. */
export const useSuggestedNumber = () => {
  const read = trpc.inboundRules.list.useQuery({ enabled: true, limit: looksThrough });
  const rule = read.data?.items.find(({ callerPattern }) => callerPattern === null);
  if (read.isLoading) return { number: undefined };
  return { number: rule === undefined ? null : sampleNumber(rule.pattern) };
};
