/** The calls that match, page after page: read once, and anew only when asked to, so that what was scrolled to is there when one comes back. */
import type { CallRecordPage, CallRecordQuery } from "@switchboard/api/schemas/call-record";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { trpc } from "../../api/trpc.ts";

const firstPage = "";

type Pages = InfiniteData<CallRecordPage, string>;

export const useRecords = (query: CallRecordQuery) => {
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  // Asked for by hand: tRPC's own hook takes the filter `direction` for which way one pages. The key is as it would be.
  const queryKey = useMemo(() => [["callRecords", "list"], { input: query, type: "pages" }], [query]);
  const read = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.callRecords.list.query({ ...query, cursor: pageParam === firstPage ? undefined : pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = useMemo(() => read.data?.pages.flatMap(({ items }) => items) ?? null, [read.data]);
  /** Only the first page: the rest is asked for again when it is wanted. */
  const readAnew = () => {
    window.scrollTo({ top: 0 });
    queries.setQueryData<Pages>(queryKey, (data) =>
      data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void read.refetch();
  };
  return { read, rows, readAnew };
};
