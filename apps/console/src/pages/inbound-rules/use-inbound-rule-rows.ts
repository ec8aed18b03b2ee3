/** The inbound rules in their order, page by page, each with how often calls have matched it. */
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import type { InboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";

type Filters = {
  search: string | undefined;
  enabled: boolean | undefined;
  targetType: InboundRule["targetType"] | undefined;
  targetId: string | undefined;
};

/** `hits`: null until they are known. */
export type InboundRuleRow = { rule: InboundRule; hits: { count: number; lastAt: string | null } | null };

const pageSize = 100;
const readAgainMs = 30_000;
/** Who has gone down further looks for something else than what happens now. */
const pagesReadAgain = 3;

/** Asked for a page at a time, as the rules are. */
const useHits = (pages: readonly { items: readonly InboundRule[] }[]) =>
  trpc.useQueries(
    (api) =>
      pages.map(({ items }, place) =>
        api.inboundRules.hits(
          { ids: items.map(({ id }) => id) },
          { enabled: items.length > 0, refetchInterval: place < pagesReadAgain ? readAgainMs : false, placeholderData: keepPreviousData },
        ),
      ),
    {
      combine: (read) =>
        new Map(read.flatMap(({ data }) => data?.items ?? []).map(({ id, hits, lastHitAt }) => [id, { count: hits, lastAt: lastHitAt }])),
    },
  );

const noPages: { items: InboundRule[] }[] = [];

/** `rows`: null until there is a first answer. */
export const useInboundRuleRows = (filters: Filters) => {
  const rules = trpc.inboundRules.list.useInfiniteQuery(
    { ...filters, limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  const pages = rules.data?.pages ?? noPages;
  const hits = useHits(pages);
  const rows = useMemo(
    () => pages.flatMap(({ items }) => items.map((rule): InboundRuleRow => ({ rule, hits: hits.get(rule.id) ?? null }))),
    [pages, hits],
  );
  return { rules, rows: rules.data === undefined ? null : rows };
};
