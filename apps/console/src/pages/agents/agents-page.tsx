/** The voice agents: who is well, who is busy, who is used. */
import { providers } from "@switchboard/routing/provider-catalogue";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { CompactSelect } from "../../components/compact-select.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { failureOf } from "../../api/failure.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { agentColumns } from "./agent-columns.tsx";
import { useAgentRows } from "./use-agent-rows.ts";

const route = getRouteApi("/agents");

const catalogue = providers.map(({ key, label }) => ({ value: key, label }));

const stateOptions = [
  { value: "", label: "Enabled or not" },
  { value: "true", label: "Enabled" },
  { value: "false", label: "Disabled" },
];

const Filters = () => {
  const { search = "", provider = "", enabled } = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (text: string) => void navigate({ search: (before) => ({ ...before, search: text === "" ? undefined : text }), replace: true }),
    [navigate],
  );
  const isListed = provider === "" || catalogue.some(({ value }) => value === provider);
  const providerOptions = [
    { value: "", label: "Every provider" },
    ...(isListed ? [] : [{ value: provider, label: provider }]),
    ...catalogue,
  ];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField label="Search agents" value={search} onSearch={onSearch} />
      <CompactSelect
        label="Provider"
        value={provider}
        options={providerOptions}
        onChange={(value) => void navigate({ search: (before) => ({ ...before, provider: value === "" ? undefined : value }) })}
      />
      <CompactSelect
        label="State"
        value={enabled === undefined ? "" : String(enabled)}
        options={stateOptions}
        onChange={(value) => void navigate({ search: (before) => ({ ...before, enabled: value === "" ? undefined : value === "true" }) })}
      />
    </div>
  );
};

const First = () => (
  <NothingYet title="No agents yet" action={useIsAdmin() ? <LinkButton to="/agents/new">Add the first agent</LinkButton> : undefined}>
    An agent is an AI voice assistant at a provider, reached by a number there. Groups and rules send calls to agents.
  </NothingYet>
);

const List = () => {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { agents, rows, standingsError } = useAgentRows(filters);
  if (rows === null) {
    return agents.error === null ? (
      <LoadingRows />
    ) : (
      <NotLoaded what="The agents" error={agents.error} onRetry={() => void agents.refetch()} />
    );
  }
  if (rows.length === 0) {
    const isFiltered = Object.values(filters).some((value) => value !== undefined);
    return isFiltered ? <NoResults onClear={() => void navigate({ search: {} })} /> : <First />;
  }
  return (
    <>
      {standingsError !== null && (
        <div className="p-3">
          <Notice tone="ring">How the agents stand is not known just now: {failureOf(standingsError).message}</Notice>
        </div>
      )}
      <DataTable
        label="Agents"
        columns={agentColumns}
        rows={rows}
        rowId={({ agent }) => agent.id}
        more={{ has: agents.hasNextPage, isFetching: agents.isFetchingNextPage, fetch: () => void agents.fetchNextPage() }}
      />
    </>
  );
};

export const AgentsPage = () => (
  <>
    <PageHead title="Agents">
      {useIsAdmin() && (
        <LinkButton to="/agents/new" weight="primary">
          New agent
        </LinkButton>
      )}
    </PageHead>
    <Filters />
    <section aria-label="Agents" className="overflow-clip rounded-lg border border-line bg-panel">
      <List />
    </section>
  </>
);
