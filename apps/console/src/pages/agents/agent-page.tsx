/** One voice agent: how it is set up, and how it stands. */
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Agent } from "../../api/answers.ts";
import { isNotFound } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { NotThere } from "../../components/not-there.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Trail } from "../../components/trail.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { AgentActions } from "./agent-actions.tsx";
import { AgentReadOnly } from "./agent-read-only.tsx";
import { AgentNow } from "./agent-standing.tsx";
import { EditAgent } from "./edit-agent.tsx";

const route = getRouteApi("/agents/$agentId");

const Whole = ({ agent }: { agent: Agent }) => {
  const isAdmin = useIsAdmin();
  const answer = trpc.agents.statuses.useQuery({ ids: [agent.id] }, { refetchInterval: 3_000 });
  const standing = answer.data?.items[0] ?? null;
  return (
    <>
      <PageHead title={agent.name}>{isAdmin && <AgentActions agent={agent} standing={standing} />}</PageHead>
      {agent.warnings.map(({ code, message }) => (
        <div key={code} className="mb-4">
          <Notice tone="ring">{message}</Notice>
        </div>
      ))}
      <div className="grid items-start gap-x-12 gap-y-8 min-[1000px]:grid-cols-[minmax(0,1fr)_360px]">
        <section aria-label="How it is set up" className="max-w-[640px]">
          {isAdmin ? <EditAgent agent={agent} /> : <AgentReadOnly agent={agent} />}
        </section>
        <section aria-label="How it stands">
          <AgentNow agent={agent} standing={{ data: standing, error: answer.error, retry: () => void answer.refetch() }} />
        </section>
      </div>
    </>
  );
};

const One = ({ agentId }: { agentId: string }) => {
  const agent = trpc.agents.get.useQuery({ id: agentId });
  if (agent.data !== undefined) return <Whole agent={agent.data} />;
  if (agent.error === null) return <LoadingRows />;
  if (!isNotFound(agent.error)) return <NotLoaded what="The agent" error={agent.error} onRetry={() => void agent.refetch()} />;
  return (
    <NotThere what="agent">
      <Link to="/agents" className="underline">
        All agents
      </Link>
    </NotThere>
  );
};

export const AgentPage = () => {
  const { agentId } = route.useParams();
  return (
    <>
      <Trail>
        <Link to="/agents">Agents</Link>
      </Trail>
      <One key={agentId} agentId={agentId} />
    </>
  );
};
