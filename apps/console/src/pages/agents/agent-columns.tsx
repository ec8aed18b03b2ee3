/** The columns of the list of agents. */
import { Link } from "@tanstack/react-router";
import type { AgentStanding } from "../../api/answers.ts";
import type { Column } from "../../components/data-table.tsx";
import { counted, formatCount } from "../../format/number.ts";
import { HealthBadge, HealthCause } from "./agent-health.tsx";
import { AgentState } from "./agent-state.tsx";
import type { AgentRow } from "./use-agent-rows.ts";

const notKnown = <span className="text-ink-3">–</span>;

const usedByWords = ({ groups, rules }: AgentStanding["usedBy"]): string => {
  const parts = [groups === 0 ? null : counted(groups, "group"), rules === 0 ? null : counted(rules, "rule")].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? "Nothing yet" : parts.join(", ");
};

const Name = ({ agent }: AgentRow) => (
  <div className="min-w-0">
    <Link
      to="/agents/$agentId"
      params={{ agentId: agent.id }}
      className="block truncate font-[550] after:absolute after:inset-0"
      title={agent.name}
    >
      {agent.name}
    </Link>
    <p className="truncate text-ink-3">
      {agent.provider} · <span className="num">{agent.serviceValue}</span>
    </p>
  </div>
);

const Health = ({ standing }: AgentRow) =>
  standing === null ? (
    notKnown
  ) : (
    <div className="grid justify-items-start gap-0.5">
      <HealthBadge health={standing.health} />
      <HealthCause standing={standing} />
    </div>
  );

const Active = ({ agent, standing }: AgentRow) =>
  standing === null ? (
    notKnown
  ) : (
    <>
      {formatCount(standing.activeCalls)}
      <span className="text-ink-3"> of {agent.capacity === null ? "no limit" : formatCount(agent.capacity)}</span>
    </>
  );

export const agentColumns: readonly Column<AgentRow>[] = [
  { id: "name", header: "Agent", width: "minmax(0,2.2fr)", isUnnamedInCard: true, cell: (row) => <Name {...row} /> },
  {
    id: "state",
    header: "State",
    width: "minmax(0,1.1fr)",
    cell: ({ agent, standing }) => <AgentState agent={agent} activeCalls={standing?.activeCalls ?? 0} />,
  },
  { id: "health", header: "Health", width: "minmax(0,1.9fr)", cell: (row) => <Health {...row} /> },
  { id: "active", header: "Calls now", width: "minmax(0,1fr)", isNumber: true, cell: (row) => <Active {...row} /> },
  {
    id: "window",
    header: "Calls in window",
    width: "minmax(0,1fr)",
    isNumber: true,
    cell: ({ standing }) =>
      standing === null ? (
        notKnown
      ) : (
        <>
          {formatCount(standing.callsInWindow)}
          <span className="text-ink-3"> in {standing.windowHours} h</span>
        </>
      ),
  },
  {
    id: "used",
    header: "Used by",
    width: "minmax(0,1.1fr)",
    cell: ({ standing }) => (standing === null ? notKnown : usedByWords(standing.usedBy)),
  },
];
