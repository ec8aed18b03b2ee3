/** The groups of agents: how each shares out its calls, and whether it comes out so. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { failureOf } from "../../api/failure.ts";
import { CompactSelect } from "../../components/compact-select.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { groupColumns } from "./group-columns.tsx";
import { strategies, strategyNames } from "./strategy-words.ts";
import { useGroupRows } from "./use-group-rows.ts";

const route = getRouteApi("/groups");

const strategyOptions = [
  { value: "", label: "Every strategy" },
  ...strategies.map((strategy) => ({ value: strategy, label: strategyNames[strategy] })),
];

const Filters = () => {
  const { search = "", strategy } = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (text: string) => void navigate({ search: (before) => ({ ...before, search: text === "" ? undefined : text }), replace: true }),
    [navigate],
  );
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField label="Search groups" value={search} onSearch={onSearch} />
      <CompactSelect
        label="Strategy"
        value={strategy ?? ""}
        options={strategyOptions}
        onChange={(value) => void navigate({ search: (before) => ({ ...before, strategy: strategies.find((each) => each === value) }) })}
      />
    </div>
  );
};

const First = () => (
  <NothingYet title="No groups yet" action={useIsAdmin() ? <LinkButton to="/groups/new">Make the first group</LinkButton> : undefined}>
    A group shares out the calls of a number among several agents, by turns, by priority or by how many each has had.
  </NothingYet>
);

const List = () => {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { groups, rows, liveError } = useGroupRows(filters);
  if (rows === null) {
    return groups.error === null ? (
      <LoadingRows />
    ) : (
      <NotLoaded what="The groups" error={groups.error} onRetry={() => void groups.refetch()} />
    );
  }
  if (rows.length === 0) {
    const isFiltered = Object.values(filters).some((value) => value !== undefined);
    return isFiltered ? <NoResults onClear={() => void navigate({ search: {} })} /> : <First />;
  }
  return (
    <>
      {liveError !== null && (
        <div className="p-3">
          <Notice tone="ring">How calls fall to the members is not known just now: {failureOf(liveError).message}</Notice>
        </div>
      )}
      <DataTable
        label="Groups"
        columns={groupColumns}
        rows={rows}
        rowId={({ group }) => group.id}
        more={{ has: groups.hasNextPage, isFetching: groups.isFetchingNextPage, fetch: () => void groups.fetchNextPage() }}
      />
    </>
  );
};

export const GroupsPage = () => (
  <>
    <PageHead title="Groups">
      {useIsAdmin() && (
        <LinkButton to="/groups/new" weight="primary">
          New group
        </LinkButton>
      )}
    </PageHead>
    <Filters />
    <section aria-label="Groups" className="overflow-clip rounded-lg border border-line bg-panel">
      <List />
    </section>
  </>
);
