/** What deserves a second look about a rule, with the way to the other rule. */
import type { OutboundWarning } from "@switchboard/api/schemas/warning";
import { TriangleAlert } from "lucide-react";
import { RuleWay } from "./rule-way.tsx";
import type { RulesPage } from "./use-rules-address.ts";

export const RuleWarnings = ({ page, warnings }: { page: RulesPage; warnings: readonly OutboundWarning[] }) =>
  warnings.length === 0 ? null : (
    <ul className="grid gap-0.5 text-xs text-ring">
      {warnings.map(({ message, ruleId }) => (
        <li key={`${ruleId ?? ""}:${message}`} className="flex items-baseline gap-1.5">
          <TriangleAlert size={11} role="img" aria-label="Warning" className="shrink-0 self-center" />
          <span className="min-w-0 break-words">
            {message}{" "}
            {ruleId !== undefined && (
              <RuleWay page={page} id={ruleId} className="relative z-10 underline underline-offset-2">
                See it
              </RuleWay>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
