/** What the list of calls is narrowed down to: it stands in the address, and is what the server is asked. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { boundsNow } from "../../format/time-range.ts";
import type { CallSearch } from "../../routes/call-records.ts";

const route = getRouteApi("/calls");
const pageSize = 200;

const queryOf = (search: CallSearch) => {
  const { q, status, direction, reason, outcome, agent, group, rule, provider, test } = search;
  const { after, before } = boundsNow(search);
  return {
    ...{ limit: pageSize, search: q, status, direction, reason, test, outcome },
    ...{ agentId: agent, groupId: group, ruleId: rule, provider, startedAfter: after, startedBefore: before },
  };
};

export const useCallSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useMemo(() => queryOf(search), [search]);
  const change = useCallback(
    (fields: Partial<CallSearch>) => void navigate({ search: (before) => ({ ...before, ...fields }), replace: true, resetScroll: false }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {}, replace: true, resetScroll: false }), [navigate]);
  const { exports: _shown, ...narrowing } = search;
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined && value !== "");
  return { search, query, change, clear, isNarrowed };
};

export type CallAddress = ReturnType<typeof useCallSearch>;
