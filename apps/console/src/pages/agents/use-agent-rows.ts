/** Pages of agents with how each stands, kept fresh while somebody looks. */
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Agent, AgentStanding } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";

export type AgentRow = { agent: Agent; standing: AgentStanding | null };

type Filters = { search?: string | undefined; provider?: string | undefined; enabled?: boolean | undefined };

const freshMs = 4_000;
/** As many as can be asked about at once. */
const limit = 100;

type Answer = { data: { items: AgentStanding[] } | undefined; error: unknown };

const combined = (answers: readonly Answer[]) => ({
  byId: new Map(answers.flatMap(({ data }) => data?.items ?? []).map((each) => [each.id, each])),
  error: answers.find(({ error }) => error !== null)?.error ?? null,
});

export const useAgentRows = (filters: Filters) => {
  const agents = trpc.agents.list.useInfiniteQuery(
    { ...filters, limit },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  const pages = agents.data?.pages;
  const { byId, error } = trpc.useQueries(
    (t) =>
      (pages ?? [])
        .filter(({ items }) => items.length > 0)
        .map(({ items }) =>
          t.agents.statuses({ ids: items.map(({ id }) => id) }, { refetchInterval: freshMs, placeholderData: keepPreviousData }),
        ),
    { combine: combined },
  );
  const rows = useMemo(
    () => pages?.flatMap(({ items }) => items.map((agent): AgentRow => ({ agent, standing: byId.get(agent.id) ?? null }))) ?? null,
    [pages, byId],
  );
  return { agents, rows, standingsError: error };
};
