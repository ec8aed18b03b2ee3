/** The log of the webhook door: read by everybody who is signed in, with numbers masked for those who may not see them. */
import type { WebhookEvent } from "@switchboard/control/webhook-events";
import { rest } from "../rest-route.ts";
import { webhookEventListInput, webhookEventPage } from "../schemas/webhook-event.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { webhookOutcome } from "../webhook-outcome.ts";
import { webhookFieldsFor } from "../who-may-see.ts";

/** What is kept of a call was taken: voice routes answer with a document, reports are acknowledged without a word. */
const statusOf = ({ kind, status }: WebhookEvent): number => status ?? (kind === "voice" || kind === "dial_result" ? 200 : 204);

const list = signedInProcedure
  .meta(rest.get("/webhook-events", "What Cloudonix sent and what was answered, the latest first"))
  .input(webhookEventListInput)
  .output(webhookEventPage)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await ctx.tenant.webhookEvents.list(input);
    const shown = items.map((event) => {
      const fields = webhookFieldsFor(ctx.actor, event.fields, ctx.tenant.isNumberField);
      return { ...event, fields, status: statusOf(event), outcome: webhookOutcome(event), refused: event.isRefused };
    });
    return { items: shown, nextCursor };
  });

export const webhookEventsRouter = router({ list });
