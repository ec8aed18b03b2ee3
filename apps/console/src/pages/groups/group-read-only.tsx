/** A group for whoever may not change it. */
import { Link } from "@tanstack/react-router";
import type { Distribution, Group } from "../../api/answers.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { useFallbackWords } from "../../format/fallback-words.ts";
import { defaultWindowHours } from "./group-form.ts";
import { strategyNames, strategySentence } from "./strategy-words.ts";
import { useMemberNames } from "./use-member-names.ts";

type Member = Group["members"][number];

const memberWords = ({ priority, weight, capacity, enabled }: Member, hasPriority: boolean): string =>
  [
    hasPriority ? `Priority ${priority}` : null,
    `Weight ${weight}`,
    capacity === null ? "no limit here" : `at most ${capacity} here`,
    enabled ? null : "takes no calls of this group",
  ]
    .filter((part) => part !== null)
    .join(", ");

const Members = ({ group, distribution, isSettled }: Props) => {
  const names = useMemberNames(
    group.members.map(({ agentId }) => agentId),
    distribution,
    isSettled,
  );
  const liveOf = new Map((distribution?.members ?? []).map((member) => [member.agentId, member]));
  return (
    <ol className="grid gap-3">
      {group.members.map((member) => {
        const name = names.get(member.agentId)?.name ?? member.agentId;
        const live = liveOf.get(member.agentId);
        return (
          <li key={member.agentId} className="grid gap-0.5">
            <Link to="/agents/$agentId" params={{ agentId: member.agentId }} className="w-fit font-[550] hover:underline">
              {name}
            </Link>
            <span className="text-ink-3">{memberWords(member, group.strategy === "priority")}</span>
            {live !== undefined && <ShareBar name={name} share={live.share} target={live.targetShare} />}
          </li>
        );
      })}
    </ol>
  );
};

type Props = { group: Group; distribution: Distribution | null; isSettled: boolean };

export const GroupReadOnly = (props: Props) => {
  const { group } = props;
  const {
    windowHours = defaultWindowHours,
    ringSeconds = 20,
    maxAttempts = 3,
    maxTotalSeconds = 65,
    maxCallSeconds = 14_400,
  } = group.settings;
  const fallback = useFallbackWords(group.fallback, "group");
  return (
    <Facts>
      <Fact name="Strategy">
        {strategyNames[group.strategy]}. {strategySentence(group.strategy, windowHours)}
      </Fact>
      <Fact name="Members">{group.members.length === 0 ? <span className="text-ink-3">Nobody yet</span> : <Members {...props} />}</Fact>
      <Fact name="Limits">
        Each rings {ringSeconds} s, {maxAttempts} are tried, {maxTotalSeconds} s in all; a call lasts {maxCallSeconds} s at most.
      </Fact>
      <Fact name="Fallback">{fallback}</Fact>
    </Facts>
  );
};
