/** What would become of a simulated call, in a sentence. */
import type { Simulation } from "../api/answers.ts";
import type { Tone } from "../components/badge.tsx";

export const outcomeFaces: Record<Simulation["outcome"], { word: string; tone: Tone }> = {
  dial: { word: "Dialled", tone: "ok" },
  fallback: { word: "Fallback", tone: "ring" },
  refuse: { word: "Refused", tone: "bad" },
};

type Told = Pick<Simulation, "outcome" | "agent" | "trunk">;

/** `fallback`: the fallback that takes it, in words. */
export const outcomeWords = ({ outcome, agent, trunk }: Told, fallback: string): string => {
  switch (outcome) {
    case "dial":
      if (agent !== null) return `${agent.name} would get this call.`;
      return trunk === null ? "This call would be dialled." : `This call would leave over ${trunk}.`;
    case "fallback":
      return agent === null ? `The fallback would take it. ${fallback}.` : `The fallback would take it: ${agent.name} would get this call.`;
    case "refuse":
      return "Nobody would get this call.";
  }
};
