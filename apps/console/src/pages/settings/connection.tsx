/** Connects the tenant's domain at Cloudonix: how it stands, what would change, and the way back. */
import type { CloudonixPlan } from "@switchboard/api/schemas/cloudonix";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { failureOf } from "../../api/failure.ts";
import { Button } from "../../components/button.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { Notice } from "../../components/notice.tsx";
import { Switch } from "../../components/switch.tsx";
import { ConnectionPlan } from "./connection-plan.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { ConnectionUndo } from "./connection-undo.tsx";

const readAgainMs = 30_000;
const defaultWords = "Send it every call that no number leads elsewhere";

/** What stands above it is not said twice. */
const withoutWarning = (plan: CloudonixPlan, said: string | null): CloudonixPlan => ({
  ...plan,
  warnings: plan.warnings.filter((warning) => warning !== said),
});

export const Connection = () => {
  const { data: status, error, refetch } = trpc.cloudonix.status.useQuery(undefined, { refetchInterval: readAgainMs });
  const [isDefault, setDefault] = useState<boolean | null>(null);
  const plan = trpc.cloudonix.plan.useMutation({ gcTime: 0, onSuccess: () => void refetch() });
  if (status === undefined) {
    return error === null ? <LoadingRows rows={3} /> : <NotLoaded what="The connection" error={error} onRetry={() => void refetch()} />;
  }
  const makeDefault = isDefault ?? status.isDefault;
  const canPlan = status.hasCloudonixKey && !plan.isPending;
  const show = () => plan.mutate({ makeDefault });
  const done = () => {
    plan.reset();
    void refetch();
  };
  const choose = (next: boolean) => {
    setDefault(next);
    plan.reset();
  };
  return (
    <div className="grid gap-4">
      <ConnectionState status={status} />
      <div className="flex items-center gap-2">
        <Switch label={defaultWords} isOn={makeDefault} onChange={choose} />
        <span aria-hidden>{defaultWords}</span>
      </div>
      {plan.error !== null && <Notice tone="bad">{failureOf(plan.error).message}</Notice>}
      {plan.data !== undefined && (
        <ConnectionPlan plan={withoutWarning(plan.data, status.publicUrlWarning)} makeDefault={makeDefault} onStale={show} onDone={done} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => canPlan && show()} aria-disabled={!canPlan}>
          {plan.isPending ? "Asking Cloudonix…" : "Show what would change"}
        </Button>
        {status.canUndo && <ConnectionUndo domain={status.domain} onDone={done} />}
      </div>
      {!status.hasCloudonixKey && <p className="text-ink-3">Store an API key first.</p>}
    </div>
  );
};
