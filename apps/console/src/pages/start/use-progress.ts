/** How far the tenant has come, told by what it has: nothing about it is kept anywhere. */
import { trpc } from "../../api/trpc.ts";
import { type StartStep, startSteps } from "../../routes/start-steps.ts";

/** As many as the small forms here offer to choose from. */
const few = 50;

/** Calls are written down within two seconds; until there is one, it is looked for as often as anybody waits for. */
const lookAgainMs = 3_000;

const useAnyCall = (test: boolean) =>
  trpc.callRecords.list.useQuery(
    { limit: 1, test },
    { refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) === 0 ? lookAgainMs : false) },
  );

export const useProgress = () => {
  const agents = trpc.agents.list.useQuery({ limit: few });
  const groups = trpc.groups.list.useQuery({ limit: few });
  const rules = trpc.inboundRules.list.useQuery({ limit: few });
  const tests = useAnyCall(true);
  const calls = useAnyCall(false);
  const all = [agents, groups, rules, tests, calls];
  const isDone: Record<StartStep, boolean> = {
    agent: (agents.data?.items.length ?? 0) > 0,
    group: groups.data?.items.some(({ members }) => members.length > 0) ?? false,
    rule: rules.data?.items.some(({ enabled }) => enabled) ?? false,
    test: (tests.data?.items.length ?? 0) > 0,
    connect: (calls.data?.items.length ?? 0) > 0,
  };
  return {
    agents: agents.data?.items ?? [],
    groups: groups.data?.items ?? [],
    rules: rules.data?.items ?? [],
    isDone,
    isLoaded: all.every(({ data }) => data !== undefined),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    retry: () => all.forEach((each) => void each.refetch()),
  };
};

export type Progress = ReturnType<typeof useProgress>;

/** Null: all is done. */
export const nextStep = (isDone: Progress["isDone"]): StartStep | null => startSteps.find((step) => !isDone[step]) ?? null;
