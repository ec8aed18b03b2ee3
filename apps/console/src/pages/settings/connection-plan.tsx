/** What connecting would change at Cloudonix, to be read before it is done. */
import type { CloudonixPlan } from "@switchboard/api/schemas/cloudonix";
import { isStale } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { ConnectionSteps } from "./connection-steps.tsx";
import { SettingTable } from "./setting-table.tsx";

type Props = {
  plan: CloudonixPlan;
  makeDefault: boolean;
  /** Makes it anew. */
  onStale: () => void;
  onDone: () => void;
};

const followMs = 400;

/** As it goes: what the server has written down of it so far. */
const Progress = () => {
  const { data } = trpc.cloudonix.status.useQuery(undefined, { refetchInterval: followMs });
  return data?.isBusy === true ? (
    <ConnectionSteps steps={data.steps} state={data.state} />
  ) : (
    <p className="text-ink-3">Asking Cloudonix…</p>
  );
};

const many = (changes: number): string => (changes === 1 ? "One thing changes" : `${changes} things change`);

export const ConnectionPlan = ({ plan, makeDefault, onStale, onDone }: Props) => {
  const toasts = useToasts();
  const connect = trpc.cloudonix.connect.useMutation({
    onSuccess: ({ isComplete }) => {
      if (isComplete) toasts.done(`${plan.domain} is connected`);
      onDone();
    },
    onError: (error) => {
      toasts.failed("The domain was not connected", error);
      if (isStale(error)) onStale();
      else onDone();
    },
  });
  const isNothing = plan.changes === 0;
  return (
    <div className="grid gap-3">
      {plan.warnings.map((warning) => (
        <Notice key={warning} tone="ring">
          {warning}
        </Notice>
      ))}
      <SettingTable label="What would change" heads={["Now", "Then"]} settings={plan.settings} />
      <p className="text-ink-2">
        {isNothing
          ? "Nothing changes: all of it is as it should be."
          : `${many(plan.changes)}; all else at the domain stays as it is. The token of now works for 24 hours more.`}
      </p>
      {connect.isPending ? (
        <Progress />
      ) : (
        <div>
          <Button weight="primary" onClick={() => connect.mutate({ fingerprint: plan.fingerprint, makeDefault })}>
            {isNothing ? "Look after it" : "Connect the domain"}
          </Button>
        </div>
      )}
    </div>
  );
};
