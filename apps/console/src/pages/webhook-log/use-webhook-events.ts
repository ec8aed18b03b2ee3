/** The lines that match, page after page, and what the address says of them. */
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { trpc } from "../../api/trpc.ts";
import { boundsNow } from "../../format/time-range.ts";
import type { WebhookSearch } from "../../routes/webhook-log.ts";

const route = getRouteApi("/webhook-log");
const pageSize = 100;

export const useWebhookEvents = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, kind, refused, range, after, before } = search;
  const query = useMemo(
    () => ({ limit: pageSize, search: q, kind, refused, ...boundsNow({ range, after, before }) }),
    [q, kind, refused, range, after, before],
  );
  const read = trpc.webhookEvents.list.useInfiniteQuery(query, {
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = useMemo(() => read.data?.pages.flatMap(({ items }) => items) ?? null, [read.data]);
  const change = useCallback(
    (fields: Partial<WebhookSearch>) => void navigate({ search: (was) => ({ ...was, ...fields }), replace: true, resetScroll: false }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {}, replace: true, resetScroll: false }), [navigate]);
  const isNarrowed = [q, kind, refused, range, after, before].some((value) => value !== undefined && value !== "");
  return { search, read, rows, change, clear, isNarrowed };
};
