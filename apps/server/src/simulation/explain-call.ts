/** What a call met when it was decided: told from the configuration that was in force then, and only where that is still the one at hand. */
import type { CallDecision } from "@switchboard/api/schemas/call-decision";
import { readCallConfiguration } from "@switchboard/control/call-configuration";
import { type CallRecordDetail, createCallRecordReads } from "@switchboard/control/call-records";
import type { Database } from "@switchboard/control/database";
import { agentId, groupId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { passedOver } from "./passed-over.ts";
import { seenRule } from "./seen-rule.ts";

type ExplainDeps = { database: Database; tenantId: TenantId; plan: () => Plan | undefined };

/** Null: there is no such call. Throws ControlError `unavailable`. */
export const createExplainCall =
  ({ database, tenantId, plan }: ExplainDeps) =>
  async (id: string): Promise<CallDecision | null> => {
    const record = await createCallRecordReads(database, tenantId).get(id);
    if (record === null) return null;
    const { version, current, changedAt } = await readCallConfiguration(database, tenantId, record.startedAt);
    const live = plan();
    const isUnchanged = version === current && live?.version === current;
    const configuration = { version, current, isUnchanged, changedAt };
    if (!isUnchanged || live === undefined) return { configuration, passedOver: null, candidates: null };
    const winner = record.ruleId === null ? null : ruleId(record.ruleId);
    const passed = await passedOver({ live, asked: live, call: record, winner });
    return {
      configuration,
      passedOver: passed.map((each) => ({ ...each, ...seenRule([live], each.ruleId) })),
      candidates: candidatesOf(live, record),
    };
  };

/** The group's members as they are configured, else whoever was dialled. */
const candidatesOf = (plan: Plan, { groupId: group, attempts }: CallRecordDetail): CallDecision["candidates"] => {
  const members = group === null ? [] : (plan.groups.get(groupId(group))?.members ?? []);
  const dialled = attempts.flatMap((attempt) => (attempt.agentId === null ? [] : [agentId(attempt.agentId)]));
  return [...new Set([...members.map((member) => member.agentId), ...dialled])].map((each) => {
    const agent = plan.agents.get(each);
    const member = members.find((some) => some.agentId === each);
    const attempt = attempts.find((some) => some.agentId === each);
    return {
      ...{ agentId: each, name: agent?.name ?? "", capacity: member?.memberCapacity ?? agent?.capacity ?? null },
      enabled: member?.enabled ?? agent?.enabled ?? false,
      ...{ step: attempt?.step ?? null, result: attempt?.result ?? null },
    };
  });
};
