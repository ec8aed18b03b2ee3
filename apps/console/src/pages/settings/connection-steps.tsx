/** How far a change at Cloudonix came, step by step, and why it stopped. */
import type { CloudonixStatus } from "@switchboard/api/schemas/cloudonix";
import { Check, Circle, Minus, X } from "lucide-react";
import { stepWords } from "./connection-words.ts";

type Step = CloudonixStatus["steps"][number];

const looks = {
  done: { Icon: Check, look: "text-ok", word: "done" },
  failed: { Icon: X, look: "text-bad", word: "failed" },
  not_needed: { Icon: Minus, look: "text-ink-3", word: "nothing to do" },
  open: { Icon: Circle, look: "text-ink-3", word: "not done" },
} as const satisfies Record<Step["state"], unknown>;

export const ConnectionSteps = ({ steps, state }: { steps: readonly Step[]; state: CloudonixStatus["state"] }) => (
  <ol aria-label="Steps" className="grid gap-1.5">
    {steps.map((step) => {
      const { Icon, look, word } = looks[step.state];
      return (
        <li key={step.step} className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
          <Icon size={14} aria-hidden className={`mt-1 ${look}`} />
          <span>
            {stepWords(step.step, state)} <span className="text-ink-3">{word}</span>
          </span>
          {step.words !== null && <p className={`col-start-2 ${step.state === "failed" ? "text-bad" : "text-ink-3"}`}>{step.words}</p>}
        </li>
      );
    })}
  </ol>
);
