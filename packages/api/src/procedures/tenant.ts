/** The tenant itself: seen by everybody who is signed in, without its key by those who are no admins. */
import type { TenantSettings } from "@switchboard/control/tenant-settings";
import type { Actor } from "../actor.ts";
import { rest } from "../rest-route.ts";
import { newWebhookKeySchema, newWebhookTokenSchema, tenantSchema, tenantUpdateInput, type Webhooks } from "../schemas/tenant.ts";
import { tenantLoadSchema } from "../schemas/tenant-load.ts";
import { adminProcedure, noInput, router, signedInProcedure } from "../trpc.ts";
import { fallbackFor, keyFor } from "../who-may-see.ts";

type Seen = { actor: Actor; tenant: { webhooksOf(tenantKey: string): Webhooks } };

const shown = ({ actor, tenant }: Seen, settings: TenantSettings) => {
  const tenantKey = keyFor(actor, settings.tenantKey);
  return { ...settings, tenantKey, fallback: fallbackFor(actor, settings.fallback), webhooks: tenant.webhooksOf(tenantKey) };
};

const get = signedInProcedure
  .meta(rest.get("/tenant", "The tenant’s settings"))
  .input(noInput)
  .output(tenantSchema)
  .query(async ({ ctx }) => shown(ctx, await ctx.tenant.settings.get()));

const load = signedInProcedure
  .meta(rest.get("/tenant/load", "How many calls the tenant has on the line, of how many it can have"))
  .input(noInput)
  .output(tenantLoadSchema)
  .query(({ ctx }) => ctx.tenant.load());

const update = adminProcedure
  .meta(rest.put("/tenant", "Change the fields given of the tenant"))
  .input(tenantUpdateInput)
  .output(tenantSchema)
  .mutation(async ({ ctx, input }) => shown(ctx, (await ctx.tenant.settings.update(input)).item));

const rotateWebhookToken = adminProcedure
  .meta(rest.post("/tenant/webhook-token", "Replace the webhooks’ bearer token; the old one works for 24 hours more"))
  .input(noInput)
  .output(newWebhookTokenSchema)
  .mutation(async ({ ctx }) => {
    const { secret, previousValidUntil } = await ctx.tenant.settings.rotateWebhookToken();
    return { webhookToken: secret, previousValidUntil };
  });

const rotateWebhookKey = adminProcedure
  .meta(rest.post("/tenant/webhook-key", "Replace the key in the webhooks’ addresses; the one before works for 24 hours more"))
  .input(noInput)
  .output(newWebhookKeySchema)
  .mutation(async ({ ctx }) => {
    const { secret, previousValidUntil } = await ctx.tenant.settings.rotateWebhookKey();
    return { tenantKey: secret, webhooks: ctx.tenant.webhooksOf(secret), previousValidUntil };
  });

export const tenantRouter = router({ get, load, update, rotateWebhookToken, rotateWebhookKey });
