/** The agents who are asked for a simulated call, target by target: how full, how well, and why not. */
import { Check, Minus } from "lucide-react";
import { useState } from "react";
import type { Simulation } from "../api/answers.ts";
import { formatCount } from "../format/number.ts";
import { AgentLink } from "../links/agent-link.tsx";

type Candidate = Simulation["candidates"][number];

/** Groups have up to two hundred members. */
const shownAtFirst = 6;

const healthWords: Record<Candidate["health"], string | null> = {
  healthy: null,
  ejected: "ejected",
  probing: "probing",
  ramping: "ramping up",
  unknown: "health not known",
};

const loadWords = ({ activeCalls, capacity }: Candidate): string =>
  capacity === null ? `${formatCount(activeCalls)} on the line` : `${formatCount(activeCalls)} of ${formatCount(capacity)}`;

const Row = ({ candidate, isChosen }: { candidate: Candidate; isChosen: boolean }) => {
  const { agentId, name, available, why, callsInWindow, health } = candidate;
  const said = [healthWords[health], `${formatCount(callsInWindow)} in the window`].filter((words) => words !== null).join(" · ");
  return (
    <li
      className={`grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-line px-4 py-1.5 ${isChosen ? "bg-accent-soft" : ""}`}
    >
      {isChosen ? (
        <Check size={13} role="img" aria-label="Gets the call" className="self-center text-ok" />
      ) : (
        <Minus size={13} aria-hidden className="self-center text-ink-3" />
      )}
      <span className="min-w-0 break-words">
        <AgentLink id={agentId} name={name} />
      </span>
      <span className="num text-right">{loadWords(candidate)}</span>
      <span className="col-span-2 col-start-2 text-xs text-ink-3">
        {available ? (isChosen ? "gets the call" : "could take it too") : `can’t: ${why ?? "not available"}`} · {said}
      </span>
    </li>
  );
};

/** Whoever gets the call is always among those that are shown. */
const firstOf = (candidates: readonly Candidate[], chosenId: string | null): Candidate[] => {
  const first = candidates.slice(0, shownAtFirst);
  const chosen = candidates.find(({ agentId }) => agentId === chosenId);
  return chosen === undefined || first.includes(chosen) ? first : [chosen, ...first];
};

const OfTarget = ({ candidates, chosenId }: { candidates: readonly Candidate[]; chosenId: string | null }) => {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? candidates : firstOf(candidates, chosenId);
  const rest = candidates.length - shown.length;
  return (
    <>
      <ul aria-label={`Agents of ${candidates[0]?.targetName ?? ""}`}>
        {shown.map((candidate) => (
          <Row key={candidate.agentId} candidate={candidate} isChosen={candidate.agentId === chosenId} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" onClick={() => setWhole(true)} className="px-4 py-1.5 text-ink-2 underline hover:text-ink">
          Show {formatCount(rest)} more
        </button>
      )}
    </>
  );
};

export const Candidates = ({ simulation: { candidates, agent } }: { simulation: Simulation }) => {
  const targets = Map.groupBy(candidates, ({ targetId }) => targetId);
  const lastTarget = [...targets.keys()].at(-1);
  return [...targets].map(([targetId, members]) => (
    <div key={targetId} className="pb-1">
      {(targets.size > 1 || members.length > 1) && <p className="px-4 py-1 text-ink-2">{members[0]?.targetName}</p>}
      {/* Only the last target that was asked can have somebody for the call. */}
      <OfTarget candidates={members} chosenId={targetId === lastTarget ? (agent?.id ?? null) : null} />
    </div>
  ));
};
