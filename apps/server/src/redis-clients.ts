/** The connections to Redis, one for each way of using it, so that none waits behind another. */
import { createRedisClient, type ClientRole } from "@switchboard/execution/client";
import { createPlanChannel, type PlanChange } from "@switchboard/execution/plan-channel";
import { createSessionChannel, type SessionsEnded } from "@switchboard/execution/session-channel";
import type { Config } from "./config.ts";
import type { Logger } from "./logger.ts";

/** A broken connection raises an error with every try; one line a minute is enough. */
const quietMs = 60_000;

export type RedisClients = ReturnType<typeof openRedis>;

export const openRedis = ({ nodes, cluster }: NonNullable<Config["redis"]>, logger: Logger) => {
  let toldAt = Number.NEGATIVE_INFINITY;
  const onError = (error: Error) => {
    if (performance.now() - toldAt < quietMs) return;
    toldAt = performance.now();
    logger.warn({ event: "redis_connection", err: error });
  };
  const open = (role: ClientRole) => createRedisClient({ url: nodes.join(","), cluster, role, onError });
  const clients = {
    claims: open("claims"),
    watchdog: open("claims"),
    limits: open("limits"),
    jobs: open("jobs"),
    recorder: open("reader"),
    hub: open("reader"),
    changes: open("reader"),
    exports: open("queue"),
  };
  const channels = { publisher: clients.jobs, subscriber: clients.changes };
  const [plans, sessions] = [createPlanChannel(channels), createSessionChannel(channels)];

  return {
    ...clients,
    listenForPlans: (onChange: (change: PlanChange) => void) =>
      plans.listen(onChange, (error) => logger.warn({ event: "plans_not_subscribed", err: error })),
    publishPlan: plans.publish,
    listenForSessions: (onEnd: (ended: SessionsEnded) => void) =>
      sessions.listen(onEnd, (error) => logger.warn({ event: "sessions_not_subscribed", err: error })),
    publishSessions: sessions.publish,
    close: () => {
      for (const client of Object.values(clients)) client.disconnect();
    },
  };
};
