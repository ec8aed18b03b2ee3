/** The filters that are set and not in sight, in words. */
import { trpc } from "../../api/trpc.ts";
import { type Chip, FilterChips } from "../../components/filter-chips.tsx";
import { reasonWords } from "../../format/reason-words.ts";
import { useRuleName } from "../../pickers/use-rule-name.ts";
import { outcomeWords } from "./outcome-words.ts";
import type { CallAddress } from "./use-call-search.ts";

const AgentName = ({ id }: { id: string }) => trpc.agents.get.useQuery({ id }).data?.name ?? id;
const GroupName = ({ id }: { id: string }) => trpc.groups.get.useQuery({ id }).data?.name ?? id;
const ProviderName = ({ id }: { id: string }) => trpc.agents.providers.useQuery().data?.items.find(({ key }) => key === id)?.label ?? id;
const RuleName = ({ id }: { id: string }) => <span className="num">{useRuleName(id)}</span>;

export const CallChips = ({ address: { search, change, clear } }: { address: CallAddress }) => {
  const { agent, group, rule, provider, reason, direction, test, outcome } = search;
  const chips: (Chip | null)[] = [
    agent === undefined
      ? null
      : { id: "agent", label: "Agent", value: <AgentName id={agent} />, onRemove: () => change({ agent: undefined }) },
    group === undefined
      ? null
      : { id: "group", label: "Group", value: <GroupName id={group} />, onRemove: () => change({ group: undefined }) },
    rule === undefined ? null : { id: "rule", label: "Rule", value: <RuleName id={rule} />, onRemove: () => change({ rule: undefined }) },
    provider === undefined
      ? null
      : { id: "provider", label: "Provider", value: <ProviderName id={provider} />, onRemove: () => change({ provider: undefined }) },
    reason === undefined
      ? null
      : { id: "reason", label: "Reason", value: reasonWords[reason], onRemove: () => change({ reason: undefined }) },
    outcome === undefined
      ? null
      : { id: "outcome", label: "Outcome", value: outcomeWords[outcome], onRemove: () => change({ outcome: undefined }) },
    direction === undefined
      ? null
      : {
          ...{ id: "direction", label: "Direction", value: direction === "inbound" ? "Inbound" : "Outbound" },
          onRemove: () => change({ direction: undefined }),
        },
    test === undefined
      ? null
      : { id: "test", label: "Test calls", value: test ? "Only they" : "Left out", onRemove: () => change({ test: undefined }) },
  ];
  return <FilterChips chips={chips.filter((chip) => chip !== null)} onClear={clear} />;
};
