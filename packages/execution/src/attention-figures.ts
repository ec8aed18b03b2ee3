/** What of a tenant's agents deserves attention at this moment, however many there are: only the unwell and the busy are read. */
import type { TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { attentionFiguresReply, type AttentionFigures } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("attention-figures");

export type { AttentionFigures };

/** `most`: agents named as not healthy. */
export type ReadAttentionFigures = (tenantId: TenantId, most: number) => Promise<AttentionFigures>;

export function createReadAttentionFigures(redis: RedisClient, clock?: TestClock): ReadAttentionFigures {
  return async (tenantId, most) =>
    attentionFiguresReply(await runScript(redis, script, tenantScriptKeys(tenantId), [clockArgument(clock), tenantId, most]));
}
