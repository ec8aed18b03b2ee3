/** The inbound rules, in the order in which calls try them. */
import { getRouteApi } from "@tanstack/react-router";
import { DataTable } from "../../components/data-table.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { hiddenBesideRule, inboundRuleColumns } from "./inbound-rule-columns.tsx";
import { useInboundRuleRows } from "./use-inbound-rule-rows.ts";

const route = getRouteApi("/inbound-rules");

const First = () => {
  const isAdmin = useIsAdmin();
  const action = isAdmin ? (
    <LinkButton from="/inbound-rules" to="." search={{ new: true }}>
      Make the first rule
    </LinkButton>
  ) : undefined;
  return (
    <NothingYet title="No rules yet" action={action}>
      A rule says which called numbers go to which agent or group. Until there is one, every call ends with the tenant’s fallback.
    </NothingYet>
  );
};

export const InboundRuleList = ({ isBesideRule }: { isBesideRule: boolean }) => {
  const { search, enabled, targetType, targetId, rule } = route.useSearch();
  const navigate = route.useNavigate();
  const filters = { search, enabled, targetType, targetId };
  const { rules: read, rows } = useInboundRuleRows(filters);
  if (rows === null) {
    return read.error === null ? <LoadingRows /> : <NotLoaded what="The rules" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (rows.length === 0) {
    const isFiltered = Object.values(filters).some((value) => value !== undefined);
    const none = { search: undefined, enabled: undefined, targetType: undefined, targetId: undefined };
    return isFiltered ? <NoResults onClear={() => void navigate({ search: (now) => ({ ...now, ...none }) })} /> : <First />;
  }
  return (
    <DataTable
      label="Inbound rules"
      columns={inboundRuleColumns}
      rows={rows}
      rowId={({ rule: { id } }) => id}
      hidden={isBesideRule ? hiddenBesideRule : []}
      openId={rule ?? null}
      more={{ has: read.hasNextPage, isFetching: read.isFetchingNextPage, fetch: () => void read.fetchNextPage() }}
    />
  );
};
