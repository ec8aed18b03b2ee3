/** Makes a committed change of configuration effective: in this process before the operator is answered, in the others at once. */
import { setTimeout as pause } from "node:timers/promises";
import type { PlanChange } from "@switchboard/execution/plan-channel";
import type { Logger } from "../logger.ts";

export type AnnounceDeps = {
  /** This process's plans follow. */
  follow: (change: PlanChange) => Promise<void>;
  /** The other processes hear of it. */
  publish: (change: PlanChange) => Promise<void>;
  logger: Logger;
};

/** The change is saved already: whoever can't follow now finds it by polling, and the operator is not kept waiting for that. */
const patienceMs = 1_000;

/** Never throws. */
export const createAnnounce =
  ({ follow, publish, logger }: AnnounceDeps) =>
  async (change: PlanChange): Promise<void> => {
    const warn = (event: string) => (error: unknown) => logger.warn({ event, tenant: change.tenantId, err: error });
    const done = Promise.all([follow(change).catch(warn("plan_not_followed")), publish(change).catch(warn("plan_change_not_published"))]);
    await Promise.race([done, pause(patienceMs, undefined, { ref: false })]);
  };
