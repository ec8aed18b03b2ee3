/** A word with a colour that means the same; never the colour alone. */
import type { ReactNode } from "react";

export type Tone = "ok" | "ring" | "info" | "idle" | "bad";

const tones: Record<Tone, string> = {
  ok: "text-ok bg-ok-soft",
  ring: "text-ring bg-ring-soft",
  info: "text-info bg-info-soft",
  idle: "text-idle bg-idle-soft",
  bad: "text-bad bg-bad-soft",
};

export const Badge = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span
    className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-[550] whitespace-nowrap before:size-1.5 before:rounded-full before:bg-current ${tones[tone]}`}
  >
    {children}
  </span>
);
