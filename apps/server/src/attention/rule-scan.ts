/** Which inbound rules of a plan deserve a second look: looked for once for each version of it, while calls have their turn. */
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { RuleId, TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { type InboundFinding, inboundFindings } from "@switchboard/routing/rule-findings";

/** What is wrong with it, and not with another one. */
const isOwn = (finding: InboundFinding): boolean => finding.kind !== "duplicate" || !finding.decides;

const findingsOf = (plan: Plan, id: RuleId): InboundFinding[] =>
  plan.inbound.rules.get(id)?.enabled === true ? inboundFindings(plan, id).filter(isOwn) : [];

type Scan = { version: number; found: RuleId[]; running: Promise<void> | null };

/** Calls get their turn after this long. */
const sliceMs = 1;
/** Who asks right after a change of 50,000 rules gets what is known by then. */
const patienceMs = 100;

const scan = async (plan: Plan, most: number): Promise<RuleId[]> => {
  const found: RuleId[] = [];
  let began = performance.now();
  for (const id of plan.inbound.rules.keys()) {
    if (findingsOf(plan, id).length > 0) found.push(id);
    if (found.length >= most) break;
    if (performance.now() - began < sliceMs) continue;
    await turn();
    began = performance.now();
  }
  return found;
};

export type RuleFound = { id: RuleId; pattern: string; finding: InboundFinding };

/** `most`: rules to be found at most. */
export const createRuleScans = (most: number) => {
  const scans = new Map<TenantId, Scan>();
  return async (tenant: TenantId, plan: Plan): Promise<RuleFound[]> => {
    const known = scans.get(tenant) ?? { version: -1, found: [], running: null };
    scans.set(tenant, known);
    const { version } = plan;
    if (known.version !== version) {
      known.running ??= scan(plan, most)
        .then((found) => void Object.assign(known, { version, found }))
        .finally(() => (known.running = null));
      await Promise.race([known.running, pause(patienceMs, undefined, { ref: false })]);
    }
    // As the plan is now: what was found and has been mended since is not told.
    return known.found.flatMap((id) => {
      const pattern = plan.inbound.rules.get(id)?.pattern ?? "";
      return findingsOf(plan, id).map((finding) => ({ id, pattern, finding }));
    });
  };
};
