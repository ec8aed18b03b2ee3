/** Who may sign in. */
import type { User } from "@switchboard/api/schemas/auth";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useEffect, useEffectEvent } from "react";
import { trpc } from "../../api/trpc.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { LoadingRows, NoResults, NotLoaded } from "../../components/list-states.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { useSession } from "../../session/use-session.ts";
import { NewPerson } from "./new-person.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { roleWords } from "./role-words.ts";

const route = getRouteApi("/settings");

const Email = ({ user }: { user: User }) => {
  const state = useSession();
  const isOneself = state.kind === "signed_in" && state.session.user.id === user.id;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <Link
        from="/settings"
        to="."
        search={(now) => ({ ...now, person: user.id })}
        className="truncate font-[550] after:absolute after:inset-0 hover:underline"
      >
        {user.email}
      </Link>
      {isOneself && <span className="text-ink-3">you</span>}
    </span>
  );
};

const columns: readonly Column<User>[] = [
  { id: "email", header: "E-mail", width: "minmax(0,2fr)", isUnnamedInCard: true, cell: (user) => <Email user={user} /> },
  { id: "name", header: "Name", width: "minmax(0,1.5fr)", cell: (user) => <span className="truncate">{user.name ?? "–"}</span> },
  { id: "role", header: "Role", width: "80px", cell: (user) => roleWords[user.role] },
  {
    id: "enabled",
    header: "Sign-in",
    width: "120px",
    cell: (user) => (user.enabled ? <Badge tone="ok">Allowed</Badge> : <Badge tone="idle">Disabled</Badge>),
  },
];

const usePeople = (search: string | undefined) => {
  const read = trpc.users.list.useInfiniteQuery(
    { search },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  return { ...read, people: read.data?.pages.flatMap((page) => page.items) };
};

/** The person of the address: they may stand on a page that was not fetched yet. */
const usePerson = (id: string | undefined, { people, hasNextPage, isFetching, fetchNextPage }: ReturnType<typeof usePeople>) => {
  const person = people?.find((each) => each.id === id) ?? null;
  const isSought = id !== undefined && person === null && (hasNextPage || isFetching);
  const seek = useEffectEvent(() => void fetchNextPage());
  const isNextWanted = isSought && !isFetching;
  useEffect(() => {
    if (isNextWanted) seek();
  }, [isNextWanted]);
  return { person, isSought };
};

const List = ({ all, openId, onClear }: { all: ReturnType<typeof usePeople>; openId: string | null; onClear: () => void }) => {
  const { people, error, refetch, hasNextPage, isFetching, fetchNextPage } = all;
  if (people === undefined)
    return error === null ? <LoadingRows /> : <NotLoaded what="The people" error={error} onRetry={() => void refetch()} />;
  // Whoever looks is one of them, so that only a search finds nobody.
  if (people.length === 0) return <NoResults onClear={onClear} />;
  return (
    <DataTable
      label="People"
      columns={columns}
      rows={people}
      rowId={(user) => user.id}
      openId={openId}
      more={{ has: hasNextPage, isFetching, fetch: () => void fetchNextPage() }}
    />
  );
};

export const PeopleTab = () => {
  const { search, person: personId, new: isAdding = false } = route.useSearch();
  const navigate = route.useNavigate();
  const all = usePeople(search);
  const { person, isSought } = usePerson(personId, all);
  const searchFor = useCallback(
    (text: string) => void navigate({ search: { tab: "people", search: text === "" ? undefined : text }, replace: true }),
    [navigate],
  );
  const leave = useCallback(
    (ignoreBlocker: boolean) => void navigate({ search: { tab: "people", search }, replace: true, ignoreBlocker }),
    [navigate, search],
  );
  const close = useCallback(() => leave(false), [leave]);
  const done = () => leave(true);
  const isOpen = personId !== undefined && !isSought;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField label="Search people" value={search ?? ""} onSearch={searchFor} />
        <Button weight="primary" onClick={() => void navigate({ search: { tab: "people", search, new: true } })}>
          Add a person
        </Button>
      </div>
      <div className={`grid items-start gap-4 ${isOpen ? "min-[1180px]:grid-cols-[minmax(0,1fr)_372px]" : ""}`}>
        <section aria-label="People" className="overflow-clip rounded-lg border border-line bg-panel">
          <List all={all} openId={personId ?? null} onClear={() => searchFor("")} />
        </section>
        {isOpen && <PersonPanel key={personId} person={person} onClose={close} onGone={done} />}
      </div>
      {isAdding && <NewPerson onClose={close} onCreated={done} />}
    </>
  );
};
