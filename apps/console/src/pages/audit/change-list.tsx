/** The fields that differ, each as it was and as it became. */
import { ArrowRight } from "lucide-react";
import type { FieldChange } from "./changes.ts";
import { AgentName, FieldValue } from "./field-value.tsx";

/** `heads`: what the two sides are, where it is not "was" and "became". */
type Props = { changes: readonly FieldChange[]; heads?: readonly [string, string] };

export const ChangeList = ({ changes, heads = ["was", "became"] }: Props) => (
  <dl className="divide-y divide-line">
    {changes.map(({ name, label, agentId, was, is }) => (
      <div key={name} className="py-2">
        <dt className="text-xs text-ink-3">
          {label} {agentId !== undefined && <AgentName id={agentId} />}
        </dt>
        <dd className="grid grid-cols-[minmax(0,1fr)_14px_minmax(0,1fr)] items-baseline gap-2">
          <span className="break-words text-ink-2">
            <span className="sr-only">{heads[0]} </span>
            <FieldValue name={name} value={was} />
          </span>
          <ArrowRight size={12} aria-hidden className="self-center text-ink-3" />
          <span className="font-[550] break-words">
            <span className="sr-only">{heads[1]} </span>
            <FieldValue name={name} value={is} />
          </span>
        </dd>
      </div>
    ))}
  </dl>
);
