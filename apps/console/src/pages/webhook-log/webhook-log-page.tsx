/** What Cloudonix sent, the latest first: what was answered to each, and everything that is kept of it. */
import { RefreshCw } from "lucide-react";
import { useCallback } from "react";
import { Button } from "../../components/button.tsx";
import { CompactSelect } from "../../components/compact-select.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { TimeRangeField } from "../../components/time-range-field.tsx";
import { kindWords } from "../../webhooks/webhook-words.ts";
import { EventPanel } from "./event-panel.tsx";
import { useWebhookEvents } from "./use-webhook-events.ts";
import { webhookColumns } from "./webhook-columns.tsx";

type Log = ReturnType<typeof useWebhookEvents>;

const kinds = ["voice", "dial_result", "session_update", "cdr"] as const;
const kindOptions = [{ value: "", label: "Everything" }, ...kinds.map((value) => ({ value, label: kindWords[value] }))];
const refusedOptions = [
  { value: "", label: "Taken or refused" },
  { value: "true", label: "Refused" },
  { value: "false", label: "Taken" },
];

const Filters = ({ log: { search, change } }: { log: Log }) => (
  <div className="mb-3 flex flex-wrap items-center gap-2">
    <SearchField label="Call or session" value={search.q ?? ""} onSearch={useCallback((q: string) => change({ q }), [change])} />
    <TimeRangeField choice={search} onChange={change} />
    <CompactSelect
      label="What arrived"
      value={search.kind ?? ""}
      options={kindOptions}
      onChange={(value) => change({ kind: kinds.find((each) => each === value) })}
    />
    <CompactSelect
      label="Taken or refused"
      value={search.refused === undefined ? "" : String(search.refused)}
      options={refusedOptions}
      onChange={(value) => change({ refused: value === "" ? undefined : value === "true" })}
    />
  </div>
);

const List = ({ log: { search, read, rows, isNarrowed, clear } }: { log: Log }) => {
  if (rows === null) {
    if (read.error === null) return <LoadingRows rows={12} />;
    return <NotLoaded what="The webhook log" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (rows.length === 0) {
    if (isNarrowed) return <NoResults onClear={clear} />;
    return (
      <NothingYet title="Nothing has arrived yet">
        Every request of Cloudonix shows here, as soon as its webhooks lead to this server.
      </NothingYet>
    );
  }
  const more = {
    has: read.hasNextPage && read.error === null,
    isFetching: read.isFetchingNextPage,
    fetch: () => void read.fetchNextPage(),
  };
  return (
    <>
      <div className={read.isPlaceholderData ? "opacity-60" : ""} aria-busy={read.isPlaceholderData}>
        <DataTable
          label="Webhook log"
          columns={webhookColumns}
          rows={rows}
          rowId={({ id }) => id}
          openId={search.event ?? null}
          more={more}
        />
      </div>
      {read.error !== null && <NotLoaded what="The rest" error={read.error} onRetry={() => void read.fetchNextPage()} />}
    </>
  );
};

export const WebhookLogPage = () => {
  const log = useWebhookEvents();
  const open = log.rows?.find(({ id }) => id === log.search.event);
  const { change } = log;
  const close = useCallback(() => change({ event: undefined }), [change]);
  return (
    <>
      <PageHead title="Webhook log">
        <Button onClick={() => void log.read.refetch()} aria-disabled={log.read.isFetching}>
          <RefreshCw size={13} aria-hidden />
          Look again
        </Button>
      </PageHead>
      <Filters log={log} />
      <div className={`grid items-start gap-4 ${open === undefined ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]"}`}>
        <section aria-label="What arrived" className="overflow-clip rounded-lg border border-line bg-panel">
          <List log={log} />
        </section>
        {open !== undefined && <EventPanel key={open.id} event={open} onClose={close} />}
      </div>
    </>
  );
};
