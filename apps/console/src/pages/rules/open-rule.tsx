/** The rule of the address: on its way, not there, or there with what deserves a second look about it. */
import type { OutboundWarning } from "@switchboard/api/schemas/warning";
import type { ReactNode } from "react";
import { isNotFound } from "../../api/failure.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { RuleWarnings } from "./rule-warnings.tsx";
import type { RulesPage } from "./use-rules-address.ts";

type Props<Rule> = {
  page: RulesPage;
  read: { data: Rule | undefined; error: unknown; refetch: () => unknown };
  children: (rule: Rule) => ReactNode;
};

export const OpenRule = <Rule extends { warnings: readonly OutboundWarning[] }>({
  page,
  read: { data: rule, error, refetch },
  children,
}: Props<Rule>) => {
  if (isNotFound(error))
    return <p className="text-ink-2">There is no such rule. It may have been deleted, or the address was cut short.</p>;
  if (rule === undefined) {
    return error === null ? <LoadingRows rows={4} /> : <NotLoaded what="The rule" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {rule.warnings.length > 0 && (
        <div className="mb-3">
          <RuleWarnings page={page} warnings={rule.warnings} />
        </div>
      )}
      {children(rule)}
    </>
  );
};
