/** What deserves a second look about a rule, with the way to the other rule. */
import type { Warning } from "@switchboard/api/schemas/warning";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  warnings: readonly Warning[] /** The way to the rule of this id. */;
  ruleWay: (id: string, children: ReactNode) => ReactNode;
};

export const RuleWarnings = ({ warnings, ruleWay }: Props) =>
  warnings.length === 0 ? null : (
    <ul className="grid gap-0.5 text-xs text-ring">
      {warnings.map(({ code, message, ruleId }) => (
        <li key={`${code}:${ruleId ?? ""}`} className="flex items-baseline gap-1.5">
          <TriangleAlert size={11} role="img" aria-label="Warning" className="shrink-0 self-center" />
          <span className="min-w-0 break-words">
            {message}{" "}
            {ruleId !== undefined && <span className="relative z-10 underline underline-offset-2">{ruleWay(ruleId, "See it")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
