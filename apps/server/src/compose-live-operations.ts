/** What operators do to live calls, bound to their tenant and their name. */
import type { LiveOperations } from "@switchboard/api/deps";
import type { Bound } from "@switchboard/control/change";
import { callIdOf } from "@switchboard/control/ids";
import { createReadLiveCall } from "@switchboard/execution/live-calls";
import { createNoteOperation } from "@switchboard/execution/note-operation";
import { createReserveOutbound } from "@switchboard/execution/reserve-outbound";
import { createSimulateClaim } from "@switchboard/execution/simulate";
import type { ApiParts } from "./compose-api.ts";
import { createHangUp } from "./live-operations/hang-up.ts";
import { createMoveCall } from "./live-operations/move-call.ts";
import { createOperated } from "./live-operations/operated.ts";
import { createStartCall } from "./live-operations/start-call.ts";

export const composeLiveOperations = ({ redis, plans, engine, cloudonix, logger }: ApiParts) => {
  const now = () => Date.now();
  const redisDecides = engine.breaker.closed;
  const simulate = createSimulateClaim(redis.jobs);
  const reserve = createReserveOutbound(redis.jobs);
  const { openDomain, namedUrls: urls } = cloudonix;
  const shared = {
    redisDecides,
    readCall: createReadLiveCall(redis.jobs),
    noteOperation: createNoteOperation(redis.jobs),
    openDomain,
    logger,
  };
  return (bound: Bound): LiveOperations => {
    const operated = createOperated({ ...shared, bound, plan: () => plans.tenants.byId(bound.tenantId)?.plan });
    const placing = { operated, urls, simulate, redisDecides, now };
    return {
      hangUp: createHangUp(operated),
      move: createMoveCall(placing),
      start: createStartCall({ ...placing, reserve, callIdOf, accept: engine.decider.accept }),
    };
  };
};
