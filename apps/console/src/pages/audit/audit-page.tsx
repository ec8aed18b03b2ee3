/** Who changed what, the latest first; for admins, since what was before may be what somebody hid on purpose. */
import { useCallback } from "react";
import { CompactSelect } from "../../components/compact-select.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { type Chip, FilterChips } from "../../components/filter-chips.tsx";
import { FilterPopover } from "../../components/filter-popover.tsx";
import { LoadingRows, NoResults, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TimeRangeField } from "../../components/time-range-field.tsx";
import { PersonPicker } from "../../pickers/person-picker.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { auditColumns } from "./audit-columns.tsx";
import { auditKinds } from "./audit-kinds.ts";
import { kindWords, nameOf } from "./audit-words.ts";
import { EntryPanel } from "./entry-panel.tsx";
import { type AuditView, useAudit } from "./use-audit.ts";

const kindOptions = [{ value: "", label: "Everything" }, ...auditKinds.map((value) => ({ value, label: kindWords[value] }))];

const Filters = ({ view: { search, change } }: { view: AuditView }) => (
  <div className="mb-3 flex flex-wrap items-center gap-2">
    <TimeRangeField choice={search} onChange={change} />
    <CompactSelect
      label="What was changed"
      value={search.kind ?? ""}
      options={kindOptions}
      onChange={(value) => change({ kind: auditKinds.find((each) => each === value) })}
    />
    <FilterPopover count={search.person === undefined ? 0 : 1}>
      <PersonPicker label="Who changed it" userId={search.person ?? null} onChange={(id) => change({ person: id ?? undefined })} />
    </FilterPopover>
  </div>
);

/** What is not in sight, named as the entries name it. */
const Chips = ({ view: { search, rows, change, clear } }: { view: AuditView }) => {
  const { person, target } = search;
  const ofPerson = rows?.find(({ actorId }) => actorId === person)?.actorName;
  const ofTarget = rows?.find(({ targetId }) => targetId === target);
  const chips: (Chip | null)[] = [
    person === undefined ? null : { id: "person", label: "Who", value: ofPerson ?? person, onRemove: () => change({ person: undefined }) },
    target === undefined
      ? null
      : {
          ...{ id: "target", label: "Only", value: ofTarget === undefined ? target : nameOf(ofTarget) || target },
          onRemove: () => change({ target: undefined }),
        },
  ];
  return <FilterChips chips={chips.filter((chip) => chip !== null)} onClear={clear} />;
};

const List = ({ view: { search, read, rows, isNarrowed, clear } }: { view: AuditView }) => {
  if (rows === null) {
    if (read.error === null) return <LoadingRows rows={12} />;
    return <NotLoaded what="The changes" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (rows.length === 0) {
    if (isNarrowed) return <NoResults onClear={clear} />;
    return <NothingYet title="Nothing has been changed yet">Every change of the configuration is written down here.</NothingYet>;
  }
  const more = {
    has: read.hasNextPage && read.error === null,
    isFetching: read.isFetchingNextPage,
    fetch: () => void read.fetchNextPage(),
  };
  return (
    <>
      <div className={read.isPlaceholderData ? "opacity-60" : ""} aria-busy={read.isPlaceholderData}>
        <DataTable label="Audit" columns={auditColumns} rows={rows} rowId={({ id }) => id} openId={search.entry ?? null} more={more} />
      </div>
      {read.error !== null && <NotLoaded what="The rest" error={read.error} onRetry={() => void read.fetchNextPage()} />}
    </>
  );
};

const Log = () => {
  const view = useAudit();
  const open = view.rows?.find(({ id }) => id === view.search.entry);
  const { change } = view;
  const close = useCallback(() => change({ entry: undefined }), [change]);
  return (
    <>
      <Filters view={view} />
      <Chips view={view} />
      <div className={`grid items-start gap-4 ${open === undefined ? "" : "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]"}`}>
        <section aria-label="Changes" className="overflow-clip rounded-lg border border-line bg-panel">
          <List view={view} />
        </section>
        {open !== undefined && <EntryPanel key={open.id} entry={open} onClose={close} />}
      </div>
    </>
  );
};

export const AuditPage = () => {
  const isAdmin = useIsAdmin();
  return (
    <>
      <PageHead title="Audit" />
      {isAdmin ? <Log /> : <p className="text-ink-2">Who changed what is seen by admins only.</p>}
    </>
  );
};
