/** One group of agents: whom it sends calls to, by which strategy, and how that goes. */
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Group } from "../../api/answers.ts";
import { failureOf, isNotFound } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { NotThere } from "../../components/not-there.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { References } from "../../components/references.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { Trail } from "../../components/trail.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { EditGroup } from "./edit-group.tsx";
import { GroupActions } from "./group-actions.tsx";
import { GroupReadOnly } from "./group-read-only.tsx";

const route = getRouteApi("/groups/$groupId");

const UsedBy = ({ groupId }: { groupId: string }) => {
  const { data } = trpc.groups.usedBy.useQuery({ id: groupId });
  if (data === undefined) return <span className="text-ink-3">–</span>;
  if (data.references.length === 0) return <span className="text-ink-3">Nothing yet: no rule sends it calls.</span>;
  const named = data.references.filter(({ type }) => type !== "tenant").length;
  return <References references={data.references} more={data.groups + data.rules - named} />;
};

const About = ({ group }: { group: Group }) => (
  <Facts>
    <Fact name="Used by">
      <UsedBy groupId={group.id} />
    </Fact>
    <Fact name="Id">
      <span className="inline-flex max-w-full items-center gap-1">
        <span className="num truncate">{group.id}</span>
        <CopyButton text={group.id} what="id" />
      </span>
    </Fact>
    <Fact name="Created">
      <TimeText at={group.createdAt} />
    </Fact>
    <Fact name="Changed">
      <TimeText at={group.updatedAt} />
    </Fact>
  </Facts>
);

const Whole = ({ group }: { group: Group }) => {
  const isAdmin = useIsAdmin();
  const live = trpc.groups.distribution.useQuery({ id: group.id }, { refetchInterval: 4_000 });
  const shown = { group, distribution: live.data ?? null, isSettled: !live.isPending };
  return (
    <>
      <PageHead title={group.name}>{isAdmin && <GroupActions group={group} />}</PageHead>
      {live.error !== null && (
        <div className="mb-4">
          <Notice tone="ring">How calls fall to the members is not known just now: {failureOf(live.error).message}</Notice>
        </div>
      )}
      <div className="grid items-start gap-x-12 gap-y-8 min-[1000px]:grid-cols-[minmax(0,1fr)_320px]">
        <section aria-label="How it is set up" className="min-w-0 max-w-[720px]">
          {isAdmin ? <EditGroup {...shown} /> : <GroupReadOnly {...shown} />}
        </section>
        <section aria-label="What uses it">
          <About group={group} />
        </section>
      </div>
    </>
  );
};

const One = ({ groupId }: { groupId: string }) => {
  const group = trpc.groups.get.useQuery({ id: groupId });
  if (group.data !== undefined) return <Whole group={group.data} />;
  if (group.error === null) return <LoadingRows />;
  if (!isNotFound(group.error)) return <NotLoaded what="The group" error={group.error} onRetry={() => void group.refetch()} />;
  return (
    <NotThere what="group">
      <Link to="/groups" className="underline">
        All groups
      </Link>
    </NotThere>
  );
};

export const GroupPage = () => {
  const { groupId } = route.useParams();
  return (
    <>
      <Trail>
        <Link to="/groups">Groups</Link>
      </Trail>
      <One key={groupId} groupId={groupId} />
    </>
  );
};
