/** The columns of the list of groups. */
import { Link } from "@tanstack/react-router";
import type { Column } from "../../components/data-table.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { shareScale } from "../../components/share-scale.ts";
import { counted, formatCount } from "../../format/number.ts";
import { defaultWindowHours } from "./group-form.ts";
import { strategySentence } from "./strategy-words.ts";
import type { GroupRow } from "./use-group-rows.ts";

const shownMembers = 5;

const Name = ({ group: { id, name, strategy, settings } }: GroupRow) => (
  <div className="min-w-0">
    <Link to="/groups/$groupId" params={{ groupId: id }} className="block truncate font-[550] after:absolute after:inset-0" title={name}>
      {name}
    </Link>
    <p className="text-ink-3">{strategySentence(strategy, settings.windowHours ?? defaultWindowHours)}</p>
  </div>
);

const Shares = ({ group, distribution }: GroupRow) => {
  if (group.members.length === 0) return <span className="text-ring">No members: calls go to the fallback</span>;
  if (distribution === null) return <span className="text-ink-3">–</span>;
  const { members, calls, windowHours } = distribution;
  const scale = shareScale(members);
  const rest = members.length - shownMembers;
  return (
    <div className="grid gap-1 py-1 min-[860px]:pl-6">
      {members.slice(0, shownMembers).map(({ agentId, name, share, targetShare }) => (
        <div key={agentId} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] items-center gap-3">
          <span className="truncate text-ink-2">{name}</span>
          <ShareBar name={name} share={share} target={targetShare} scale={scale} />
        </div>
      ))}
      <p className="text-xs text-ink-3">
        {rest > 0 && `and ${formatCount(rest)} more · `}
        {counted(calls, "call")} in {windowHours} h
      </p>
    </div>
  );
};

export const groupColumns: readonly Column<GroupRow>[] = [
  { id: "name", header: "Group", width: "minmax(0,1.1fr)", isUnnamedInCard: true, cell: (row) => <Name {...row} /> },
  { id: "members", header: "Members", width: "72px", isNumber: true, cell: ({ group }) => formatCount(group.members.length) },
  {
    id: "shares",
    header: "Calls got, of what each should get",
    width: "minmax(0,1.4fr)",
    isUnnamedInCard: true,
    cell: (row) => <Shares {...row} />,
  },
];
