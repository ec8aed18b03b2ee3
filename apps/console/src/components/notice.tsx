/** One sentence about the state of things, above what it is about. */
import type { ReactNode } from "react";
import type { Tone } from "./badge.tsx";

const tones: Record<Extract<Tone, "ring" | "bad" | "info">, string> = {
  ring: "border-ring/40 bg-ring-soft text-ring",
  bad: "border-bad/40 bg-bad-soft text-bad",
  info: "border-info/40 bg-info-soft text-info",
};

export const Notice = ({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) => (
  <div role={tone === "bad" ? "alert" : "status"} className={`rounded-md border px-3 py-2 ${tones[tone]}`}>
    {children}
  </div>
);
