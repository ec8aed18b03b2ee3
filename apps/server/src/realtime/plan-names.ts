/** What a tenant's plan calls its agents, groups and rules, for people who watch calls. */
import type { LiveNames } from "@switchboard/api/live-event";
import type { Plan } from "@switchboard/routing/plan";

export const namesOfPlan = (plan: Plan | undefined): LiveNames => ({
  agent: (id) => {
    const agent = plan?.agents.get(id);
    return agent === undefined ? null : { name: agent.name, provider: agent.provider };
  },
  group: (id) => plan?.groups.get(id)?.name ?? null,
  rule: (id) => {
    const inbound = plan?.inbound.rules.get(id);
    if (inbound !== undefined) return inbound.pattern;
    const outbound = plan?.outbound.rules.get(id);
    return outbound === undefined ? null : (outbound.prefix ?? "*");
  },
});
