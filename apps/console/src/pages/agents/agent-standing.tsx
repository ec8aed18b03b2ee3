/** How one agent stands now, and what uses it. */
import { Link } from "@tanstack/react-router";
import type { Agent, AgentStanding, UsedBy } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { References } from "../../components/references.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { counted, formatCount } from "../../format/number.ts";
import { HealthInFull } from "./agent-health.tsx";
import { AgentState } from "./agent-state.tsx";

const failureWords: Readonly<Record<string, string>> = {
  busy: "Was busy",
  "no-answer": "Did not answer",
  failed: "Could not be reached",
  unknown: "Ended without a result",
};

const LastFailure = ({ failure }: { failure: AgentStanding["lastFailure"] }) =>
  failure === null ? (
    <span className="text-ink-3">None on record</span>
  ) : (
    <>
      {failureWords[failure.result] ?? failure.result}, <TimeText at={failure.at} isRelative /> ·{" "}
      <Link to="/calls/$callId" params={{ callId: failure.callId }} className="underline decoration-line-strong underline-offset-2">
        that call
      </Link>
    </>
  );

/** Its part of the calls of each group that it is in. */
const Shares = ({ agentId, usedBy }: { agentId: string; usedBy: UsedBy }) => {
  const ids = usedBy.references.filter(({ type }) => type === "agent_group").map(({ id }) => id);
  const groups = trpc.groups.distributions.useQuery({ ids, limit: 20 }, { enabled: ids.length > 0, refetchInterval: 10_000 });
  const shares = (groups.data?.items ?? []).flatMap(({ id, name, members }) =>
    members.filter((member) => member.agentId === agentId).map(({ share, targetShare }) => ({ id, name, share, targetShare })),
  );
  if (shares.length === 0) return null;
  return (
    <div className="grid gap-2 pt-4">
      <h2 className="font-semibold">Its part of each group’s calls</h2>
      {shares.map(({ id, name, share, targetShare }) => (
        <div key={id} className="grid gap-0.5">
          <Link to="/groups/$groupId" params={{ groupId: id }} className="truncate text-ink-2 hover:text-ink">
            {name}
          </Link>
          <ShareBar name={name} share={share} target={targetShare} />
        </div>
      ))}
      <p className="text-xs text-ink-3">
        The bar is what it got in the group’s window, the tick what it should get of calls that come now.
      </p>
    </div>
  );
};

const UsedByFact = ({ usedBy }: { usedBy: UsedBy | undefined }) => {
  if (usedBy === undefined) return <span className="text-ink-3">–</span>;
  const { references, groups, rules } = usedBy;
  if (references.length === 0) return <span className="text-ink-3">Nothing yet: no group or rule sends it calls.</span>;
  const named = references.filter(({ type }) => type !== "tenant").length;
  return <References references={references} more={groups + rules - named} />;
};

const Now = ({ agent, standing }: { agent: Agent; standing: AgentStanding }) => (
  <>
    <Fact name="Calls now">
      <span className="num">{formatCount(standing.activeCalls)}</span>{" "}
      <span className="text-ink-3">of {agent.capacity === null ? "no limit" : counted(agent.capacity, "call")} at the same time</span>
    </Fact>
    <Fact name="In the window">
      <span className="num">{formatCount(standing.callsInWindow)}</span>{" "}
      <span className="text-ink-3">
        {standing.callsInWindow === 1 ? "call" : "calls"} in the last {standing.windowHours} h
      </span>
    </Fact>
    <Fact name="Last call">
      {standing.lastAssignedAt === null ? (
        <span className="text-ink-3">None on record</span>
      ) : (
        <TimeText at={standing.lastAssignedAt} isRelative />
      )}
    </Fact>
    <Fact name="Last failure">
      <LastFailure failure={standing.lastFailure} />
    </Fact>
  </>
);

type Props = { agent: Agent; standing: { data: AgentStanding | null; error: unknown; retry: () => void } };

export const AgentNow = ({ agent, standing: { data, error, retry } }: Props) => {
  const usedBy = trpc.agents.usedBy.useQuery({ id: agent.id });
  return (
    <>
      <Facts>
        <Fact name="State">
          <AgentState agent={agent} activeCalls={data?.activeCalls ?? 0} />
        </Fact>
        {data !== null && (
          <>
            <Fact name="Health">
              <HealthInFull standing={data} />
            </Fact>
            <Now agent={agent} standing={data} />
          </>
        )}
        {data === null && (error === null ? <LoadingRows rows={3} /> : <NotLoaded what="How it stands" error={error} onRetry={retry} />)}
        <Fact name="Used by">
          <UsedByFact usedBy={usedBy.data} />
        </Fact>
        <Fact name="Id">
          <span className="inline-flex max-w-full items-center gap-1">
            <span className="num truncate">{agent.id}</span>
            <CopyButton text={agent.id} what="id" />
          </span>
        </Fact>
        <Fact name="Created">
          <TimeText at={agent.createdAt} />
        </Fact>
        <Fact name="Changed">
          <TimeText at={agent.updatedAt} />
        </Fact>
      </Facts>
      {usedBy.data !== undefined && <Shares agentId={agent.id} usedBy={usedBy.data} />}
    </>
  );
};
