/** The log of changes at the door. */
import { z } from "zod";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";

const state = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actorId: z.string().nullable().meta({ description: "Null: the product itself, at its first start or by a command." }),
    actorName: z.string(),
    action: z.string().meta({ examples: ["agent.updated"] }),
    targetType: z.string().meta({ examples: ["voice_agent"] }),
    targetId: z.string(),
    before: state.meta({ description: "As it was, without secrets; null where there was nothing." }),
    after: state.meta({ description: "As it became, without secrets; null where nothing is left." }),
    restorable: z.boolean().meta({ description: "Whether `before` can be put back." }),
  })
  .meta({ id: "AuditEntry" });

export const auditPage = page(auditEntrySchema);

export const auditListInput = z.strictObject({
  ...pagingInput,
  search: searchInput.describe("In the actor’s name or the action, or the whole id of the thing."),
  targetType: z.string().max(16).optional(),
  targetId: idInput.optional(),
  actorId: idInput.optional(),
  action: z.string().max(32).optional(),
  after: z.iso.datetime({ offset: true }).optional().describe("Changed at this moment or later."),
  before: z.iso.datetime({ offset: true }).optional().describe("Changed before this moment."),
});

export const restoredSchema = z.object({
  restored: z.object({ type: z.string(), id: z.string() }),
  notRestored: z
    .array(z.string())
    .meta({ description: "Fields that are as they are now: the log holds no secrets.", examples: [["password"]] }),
});
