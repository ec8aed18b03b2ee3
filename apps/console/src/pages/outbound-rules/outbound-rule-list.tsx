/** The outbound rules, in the order in which calls try them. */
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { DataTable } from "../../components/data-table.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { hiddenBesideRule, outboundRuleColumns } from "./outbound-rule-columns.tsx";

const route = getRouteApi("/outbound-rules");

const pageSize = 100;

const First = () => {
  const isAdmin = useIsAdmin();
  const action = isAdmin ? (
    <LinkButton from="/outbound-rules" to="." search={{ new: true }}>
      Make the first rule
    </LinkButton>
  ) : undefined;
  return (
    <NothingYet title="No rules yet" action={action}>
      A rule says over which trunks calls to a destination leave. Until there is one, every call out is rejected.
    </NothingYet>
  );
};

export const OutboundRuleList = ({ isBesideRule }: { isBesideRule: boolean }) => {
  const { search, enabled, rule } = route.useSearch();
  const navigate = route.useNavigate();
  const filters = { search, enabled };
  const read = trpc.outboundRules.list.useInfiniteQuery(
    { ...filters, limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  const rules = read.data?.pages.flatMap((page) => page.items);
  if (rules === undefined) {
    return read.error === null ? <LoadingRows /> : <NotLoaded what="The rules" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (rules.length === 0) {
    const isFiltered = Object.values(filters).some((value) => value !== undefined);
    const none = { search: undefined, enabled: undefined };
    return isFiltered ? <NoResults onClear={() => void navigate({ search: (now) => ({ ...now, ...none }) })} /> : <First />;
  }
  return (
    <DataTable
      label="Outbound rules"
      columns={outboundRuleColumns}
      rows={rules}
      rowId={({ id }) => id}
      hidden={isBesideRule ? hiddenBesideRule : []}
      openId={rule ?? null}
      more={{ has: read.hasNextPage, isFetching: read.isFetchingNextPage, fetch: () => void read.fetchNextPage() }}
    />
  );
};
