/** Every call there was, the latest first; a row leads to the call. */
import { useEffect } from "react";
import { Button } from "../../components/button.tsx";
import { ColumnMenu } from "../../components/column-menu.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useHiddenColumns } from "../../session/use-hidden-columns.ts";
import { alwaysShown, callColumns, usuallyHidden } from "./call-columns.tsx";
import { CallCount } from "./call-count.tsx";
import { CallChips } from "./call-chips.tsx";
import { CallFilters } from "./call-filters.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { type CallAddress, useCallSearch } from "./use-call-search.ts";
import { useNewCalls } from "./use-new-calls.ts";
import { useRecords } from "./use-records.ts";

type Records = ReturnType<typeof useRecords>;

const List = ({ records: { read, rows }, address, hidden }: { records: Records; address: CallAddress; hidden: readonly string[] }) => {
  if (rows === null) {
    if (read.error === null) return <LoadingRows rows={12} />;
    return <NotLoaded what="The calls" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (rows.length === 0 && read.hasNextPage && read.error === null) {
    return <LookFurther isLooking={read.isFetchingNextPage} onLook={() => void read.fetchNextPage()} />;
  }
  if (rows.length === 0) {
    if (address.isNarrowed) return <NoResults onClear={address.clear} />;
    return <NothingYet title="No call yet">A call is written down here when it comes in, and stays.</NothingYet>;
  }
  return (
    <>
      <div className={read.isPlaceholderData ? "opacity-60" : ""} aria-busy={read.isPlaceholderData}>
        <DataTable
          label="Call records"
          columns={callColumns}
          rows={rows}
          rowId={({ id }) => id}
          hidden={hidden}
          more={{
            has: read.hasNextPage && read.error === null,
            isFetching: read.isFetchingNextPage,
            fetch: () => void read.fetchNextPage(),
          }}
        />
      </div>
      {read.error !== null && <NotLoaded what="The rest" error={read.error} onRetry={() => void read.fetchNextPage()} />}
    </>
  );
};

/** Very many calls pass one filter and none of the latest the others: what was looked at so far held nothing, and there is more. */
const LookFurther = ({ isLooking, onLook }: { isLooking: boolean; onLook: () => void }) => {
  useEffect(() => {
    if (!isLooking) onLook();
  });
  return (
    <>
      <p role="status" className="px-4 py-3 text-ink-2">
        None among the latest calls. Looking further back…
      </p>
      <LoadingRows rows={3} />
    </>
  );
};

const NewCalls = ({ address, onShow }: { address: CallAddress; onShow: () => void }) => {
  const { count, forget } = useNewCalls();
  if (count === 0 || address.query.startedBefore !== undefined) return null;
  const words = address.isNarrowed ? "Calls came in since" : count === 1 ? "1 new call" : `${count.toLocaleString()} new calls`;
  return (
    <Button
      onClick={() => {
        forget();
        onShow();
      }}
    >
      {words} · show
    </Button>
  );
};

export const CallRecordsPage = () => {
  const address = useCallSearch();
  const records = useRecords(address.query);
  const { hidden, choose, reset } = useHiddenColumns("calls", usuallyHidden);
  return (
    <>
      <PageHead title="Call records">
        <NewCalls address={address} onShow={records.readAnew} />
      </PageHead>
      <CallFilters address={address}>
        <ColumnMenu columns={callColumns.filter(({ id }) => id !== alwaysShown)} hidden={hidden} onChange={choose} onReset={reset} />
        <ExportButtons address={address} />
      </CallFilters>
      <CallChips address={address} />
      <CallCount query={address.query} />
      <section aria-label="Calls" className="overflow-clip rounded-lg border border-line bg-panel">
        <List records={records} address={address} hidden={hidden} />
      </section>
    </>
  );
};
