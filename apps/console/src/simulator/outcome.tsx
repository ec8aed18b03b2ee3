/** What would become of a simulated call, why, and what to do about it. */
import type { Simulation } from "../api/answers.ts";
import { Badge } from "../components/badge.tsx";
import { useFallbackWords } from "../format/fallback-words.ts";
import { outcomeFaces, outcomeWords } from "./outcome-words.ts";

/** `isQuiet`: it stands there to be compared with. */
type Props = { title: string | null; simulation: Simulation; isQuiet?: boolean };

export const OutcomeLine = ({ title, simulation, isQuiet = false }: Props) => {
  const { outcome, reason, reasonText, advice, degraded } = simulation;
  const fallback = useFallbackWords(simulation.fallback, "rule");
  const { word, tone } = outcomeFaces[outcome];
  return (
    <div className={`border-t border-line px-4 py-3 ${isQuiet ? "bg-sunken" : ""}`}>
      {title !== null && <p className="mb-1 text-xs text-ink-3">{title}</p>}
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        <span className={isQuiet ? "text-ink-2" : "font-[550]"}>{outcomeWords(simulation, fallback)}</span>
      </p>
      {(reason !== "matched" || degraded) && (
        <p className="mt-1 text-ink-2">
          {reasonText} {!isQuiet && reason !== "matched" && <span className="text-ink-3">{advice}</span>}
        </p>
      )}
    </div>
  );
};
