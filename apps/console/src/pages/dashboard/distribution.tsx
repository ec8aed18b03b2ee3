/** Who got the calls, beside who should have: each group's members with their part and, as a tick, their target. */
import type { GroupDistribution } from "@switchboard/api/schemas/group-distribution";
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { LoadingRows, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { counted } from "../../format/number.ts";
import { GroupLink } from "../../links/group-link.tsx";
import { linkLook } from "../../links/link-look.ts";

const groupsShown = 8;
const membersShown = 8;
const readAgainMs = 5_000;

type Member = GroupDistribution["members"][number];

const state = ({ enabled, health, available }: Member) => {
  if (!enabled) return <Badge tone="idle">Disabled</Badge>;
  if (health === "ejected") return <Badge tone="bad">Ejected</Badge>;
  if (health !== "healthy") return <Badge tone="ring">{health === "probing" ? "Probing" : "Ramping"}</Badge>;
  return available ? null : <Badge tone="ring">Full</Badge>;
};

const MemberRow = ({ member }: { member: Member }) => (
  <li className="grid items-center gap-x-3 py-1 sm:grid-cols-[minmax(0,190px)_minmax(0,1fr)]">
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/agents/$agentId"
        params={{ agentId: member.agentId }}
        className="truncate hover:underline"
        title={member.why ?? member.name}
      >
        {member.name}
      </Link>
      {state(member)}
    </span>
    <ShareBar name={member.name} share={member.share} target={member.targetShare} />
  </li>
);

const Group = ({ group }: { group: GroupDistribution }) => {
  const hidden = group.members.length - membersShown;
  return (
    <div className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-[550]">
          <GroupLink id={group.id} name={group.name} />
        </h3>
        <span className="num text-ink-3">
          {counted(group.calls, "call")} in {group.windowHours} h
        </span>
      </div>
      <p className="text-xs text-ink-3">{group.targetWords}</p>
      {group.members.length === 0 ? (
        <p className="mt-1 text-ink-3">No members yet.</p>
      ) : (
        <ul className="mt-1.5">
          {group.members.slice(0, membersShown).map((member) => (
            <MemberRow key={member.agentId} member={member} />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <Link to="/groups/$groupId" params={{ groupId: group.id }} className={linkLook}>
          {counted(hidden, "more member")}
        </Link>
      )}
    </div>
  );
};

export const Distribution = () => {
  const read = trpc.groups.distributions.useQuery(
    { limit: groupsShown },
    { placeholderData: keepPreviousData, refetchInterval: readAgainMs },
  );
  const all = (
    <Link to="/groups" className={linkLook}>
      All groups
    </Link>
  );
  return (
    <Card title="Distribution" beside="the bar is what each got, the tick what each should get" more={all}>
      {read.data === undefined ? (
        read.error === null ? (
          <LoadingRows rows={6} />
        ) : (
          <NotLoaded what="The distribution" error={read.error} onRetry={() => void read.refetch()} />
        )
      ) : read.data.items.length === 0 ? (
        <NothingYet title="No groups yet">A group shares its calls among several agents.</NothingYet>
      ) : (
        read.data.items.map((group) => <Group key={group.id} group={group} />)
      )}
    </Card>
  );
};
