/** How Cloudonix reaches Switchboard and proves who it is, and with which key Switchboard asks Cloudonix. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterOutputs } from "@trpc/server";
import { trpc } from "../../api/trpc.ts";
import { CopiedLine } from "../../components/copied-line.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { Section } from "../../components/section.tsx";
import { useIsAdmin } from "../../session/use-role.ts";
import { Connection } from "./connection.tsx";
import { CloudonixKey } from "./cloudonix-key.tsx";
import { RotateKey } from "./rotate-key.tsx";
import { RotateToken } from "../../cloudonix/rotate-token.tsx";
import { webhookLines } from "../../cloudonix/webhook-lines.ts";

type Tenant = inferRouterOutputs<AppRouter>["tenant"]["get"];

const forAdmins =
  "Connect the domain below, or enter these three addresses at it yourself. The last part of each is your tenant key: whoever has it can pretend to be the platform, so keep it to yourself.";
const forUsers = "Where Cloudonix sends its calls. The tenant key in them is shown to admins only.";

const Webhooks = ({ tenant, isAdmin }: { tenant: Tenant; isAdmin: boolean }) => (
  <Section title="Webhooks" about={isAdmin ? forAdmins : forUsers}>
    <dl className="grid gap-3">
      {webhookLines(tenant.webhooks).map((line) => (
        <CopiedLine key={line.name} {...line} />
      ))}
      <CopiedLine name="Tenant key" text={tenant.tenantKey} />
    </dl>
    {isAdmin && (
      <div className="mt-4 flex flex-wrap gap-2">
        <RotateKey />
        <LinkButton to="/start">First steps</LinkButton>
      </div>
    )}
  </Section>
);

const Secrets = ({ tenant }: { tenant: Tenant }) => (
  <>
    <Section
      title="Bearer token"
      about="Cloudonix sends it with every webhook, and what comes without it is refused. Only a fingerprint of it is kept here, so a token that is lost is replaced, not shown."
    >
      <RotateToken />
    </Section>
    <Section
      title="Cloudonix API key"
      about="With it Switchboard may act at Cloudonix in your name; calls are routed without it. It is stored encrypted and never shown again, not even to you."
    >
      <CloudonixKey hasKey={tenant.hasCloudonixKey} version={tenant.version} />
    </Section>
    <Section
      title="Connection"
      about="With the key Switchboard sets up the domain itself: the voice application, the addresses and a new token. You see what changes before it does, and can put it back."
    >
      <Connection />
    </Section>
  </>
);

export const CloudonixTab = () => {
  const isAdmin = useIsAdmin();
  const { data: tenant, error, refetch } = trpc.tenant.get.useQuery();
  if (tenant === undefined) {
    return error === null ? <LoadingRows /> : <NotLoaded what="The settings" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <Webhooks tenant={tenant} isAdmin={isAdmin} />
      {isAdmin && <Secrets tenant={tenant} />}
    </>
  );
};
