/** Pages of groups with how their calls fall to their members, kept fresh while somebody looks. */
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Distribution, Group } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import type { Strategy } from "./strategy-words.ts";

export type GroupRow = { group: Group; distribution: Distribution | null };

const freshMs = 5_000;
/** Few enough that the distribution of a page is one answer, but for very large groups. */
const limit = 30;

type Answer = { data: { items: Distribution[] } | undefined; error: unknown };

const combined = (answers: readonly Answer[]) => ({
  byId: new Map(answers.flatMap(({ data }) => data?.items ?? []).map((each) => [each.id, each])),
  error: answers.find(({ error }) => error !== null)?.error ?? null,
});

export const useGroupRows = (filters: { search?: string | undefined; strategy?: Strategy | undefined }) => {
  const groups = trpc.groups.list.useInfiniteQuery(
    { ...filters, limit },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  const pages = groups.data?.pages;
  const { byId, error } = trpc.useQueries(
    (t) =>
      (pages ?? [])
        .filter(({ items }) => items.length > 0)
        .map(({ items }) =>
          t.groups.distributions(
            { ids: items.map(({ id }) => id), limit },
            { refetchInterval: freshMs, placeholderData: keepPreviousData },
          ),
        ),
    { combine: combined },
  );
  const rows = useMemo(
    () => pages?.flatMap(({ items }) => items.map((group): GroupRow => ({ group, distribution: byId.get(group.id) ?? null }))) ?? null,
    [pages, byId],
  );
  return { groups, rows, liveError: error };
};
