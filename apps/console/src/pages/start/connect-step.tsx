/** What to enter at Cloudonix, so that real calls come in. */
import { trpc } from "../../api/trpc.ts";
import { RotateToken } from "../../cloudonix/rotate-token.tsx";
import { webhookLines } from "../../cloudonix/webhook-lines.ts";
import { CopiedLine } from "../../components/copied-line.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";

export const ConnectStep = ({ isConnected }: { isConnected: boolean }) => {
  const { data: tenant, error, refetch } = trpc.tenant.get.useQuery();
  if (tenant === undefined) {
    return error === null ? <LoadingRows rows={3} /> : <NotLoaded what="The addresses" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className="grid max-w-[560px] gap-5">
      <div className="grid justify-items-start gap-2">
        <p className="text-ink-2">
          With an API key of your Cloudonix domain Switchboard sets all of this up itself, and shows what it would change before. Without
          one, enter it yourself:
        </p>
        <LinkButton to="/settings" search={{ tab: "cloudonix" }}>
          Connect with an API key
        </LinkButton>
      </div>
      <dl className="grid gap-3">
        <CopiedLine name="Domain" text={tenant.domain} note="Calls of other domains are refused; aliases are under Settings." />
        {webhookLines(tenant.webhooks).map((line) => (
          <CopiedLine key={line.name} {...line} />
        ))}
      </dl>
      <div className="grid justify-items-start gap-2">
        <h3 className="font-[550] text-ink-2">Bearer token</h3>
        <p className="text-ink-2">
          The one you were shown when Switchboard was set up is good. It can’t be shown again; whoever has lost it makes a new one, which is
          shown once.
        </p>
        <RotateToken />
      </div>
      <p role="status" className="text-ink-2">
        {isConnected ? "Calls have come in: Cloudonix is connected." : "No call has come in yet. This page says so as soon as one does."}
      </p>
    </div>
  );
};
