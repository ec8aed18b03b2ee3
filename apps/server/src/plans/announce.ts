/** Makes a committed change of configuration effective, in this process before the operator is answered, and known to who watches. */
import { setTimeout as pause } from "node:timers/promises";
import type { Announcement } from "@switchboard/control/change";
import type { AppendEvent, OperatorEvent } from "@switchboard/execution/append-event";
import type { PlanChange } from "@switchboard/execution/plan-channel";
import type { Logger } from "../logger.ts";

export type AnnounceDeps = {
  /** This process's plans follow. */
  follow: (change: PlanChange) => Promise<void>;
  /** The other processes hear of it. */
  publish: (change: PlanChange) => Promise<void>;
  /** People who watch are told. */
  append: AppendEvent;
  logger: Logger;
};

const toldOf = ({ rule, agent }: Announcement): OperatorEvent | null => {
  if (rule !== null) return { type: "rule_changed", ruleId: rule.id, kind: rule.kind, change: rule.change, version: rule.version };
  return agent === null ? null : { type: "agent_switched", agentId: agent.id, enabled: agent.enabled };
};

/** The change is saved already: whoever can't follow now finds it by polling, and the operator is not kept waiting for that. */
const patienceMs = 1_000;

/** Never throws. */
export const createAnnounce =
  ({ follow, publish, append, logger }: AnnounceDeps) =>
  async (announcement: Announcement): Promise<void> => {
    const { tenantId, version, rule } = announcement;
    const change: PlanChange = { tenantId, version, rule: rule && { kind: rule.kind, id: rule.id } };
    const warn = (event: string) => (error: unknown) => logger.warn({ event, tenant: tenantId, err: error });
    const told = toldOf(announcement);
    const done = Promise.all([
      follow(change).catch(warn("plan_not_followed")),
      publish(change).catch(warn("plan_change_not_published")),
      // With Redis away the change stands, and nobody is told of it.
      told === null ? undefined : append(tenantId, told).catch(warn("change_not_told")),
    ]);
    await Promise.race([done, pause(patienceMs, undefined, { ref: false })]);
  };
