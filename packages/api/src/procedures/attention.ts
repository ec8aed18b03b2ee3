/** What deserves an operator's attention now. */
import { attentionFor } from "../attention.ts";
import { rest } from "../rest-route.ts";
import { attentionSchema } from "../schemas/attention.ts";
import { noInput, router, signedInProcedure } from "../trpc.ts";

const list = signedInProcedure
  .meta(rest.get("/attention", "What deserves attention now: agents that are out or nearly full, rules that can’t work"))
  .input(noInput)
  .output(attentionSchema)
  .query(async ({ ctx }) => attentionFor(ctx.actor, await ctx.tenant.attention()));

export const attentionRouter = router({ list });
