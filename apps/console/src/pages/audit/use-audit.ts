/** The changes that match, page after page, and what the address says of them. */
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { trpc } from "../../api/trpc.ts";
import { boundsNow } from "../../format/time-range.ts";
import type { AuditSearch } from "../../routes/audit.ts";

const route = getRouteApi("/audit");
const pageSize = 50;

export const useAudit = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { person, kind, target, range, after, before } = search;
  const query = useMemo(
    () => ({ limit: pageSize, actorId: person, targetType: kind, targetId: target, ...boundsNow({ range, after, before }) }),
    [person, kind, target, range, after, before],
  );
  const read = trpc.audit.list.useInfiniteQuery(query, {
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => read.data?.pages.flatMap(({ items }) => items) ?? null, [read.data]);
  const change = useCallback(
    (fields: Partial<AuditSearch>) => void navigate({ search: (was) => ({ ...was, ...fields }), replace: true, resetScroll: false }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {}, replace: true, resetScroll: false }), [navigate]);
  const isNarrowed = [person, kind, target, range, after, before].some((value) => value !== undefined && value !== "");
  return { search, read, rows, change, clear, isNarrowed };
};

export type AuditView = ReturnType<typeof useAudit>;
