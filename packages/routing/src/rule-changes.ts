/** What a newer configuration changes in the rules of a plan, so that few changes cost few, however many rules there are. */
import type { RuleId } from "./ids.ts";
import type { InboundIndex } from "./rule-index.ts";
import type { OutboundIndex } from "./outbound-index.ts";
import type { PlanSource, RuleChange } from "./plan-source.ts";
import type { RuleMap } from "./rule-map.ts";

type KnownRules = { inbound: Pick<InboundIndex, "rules">; outbound: Pick<OutboundIndex, "rules"> };

/** Applied in one go, so that no call sees half of them: about a millisecond. */
const mostChanges = 100;

/** Yields after every `sliceSize` items. */
export function* inSlices<Item>(items: Iterable<Item>, sliceSize: number, each: (item: Item) => void): Generator<void, void> {
  let done = 0;
  for (const item of items) {
    each(item);
    if (++done % sliceSize === 0) yield;
  }
}

type Changed<Rule> = { id: RuleId; rule: Rule | null };

/** Null when they are more than `mostChanges`. */
function* changesOf<Rule extends { id: RuleId }>(
  known: RuleMap<Rule>,
  rules: RuleMap<Rule>,
  sliceSize: number,
): Generator<void, Changed<Rule>[] | null> {
  const changed: Changed<Rule>[] = [];
  let stayed = 0;
  let seen = 0;
  for (const id of rules.keys()) {
    const before = known.textOf(id);
    if (before !== undefined) stayed += 1;
    if (before !== rules.textOf(id)) changed.push({ id, rule: rules.get(id) ?? null });
    if (changed.length > mostChanges) return null;
    if (++seen % sliceSize === 0) yield;
  }
  const removed = known.size - stayed;
  if (changed.length + removed > mostChanges) return null;
  if (removed === 0) return changed;
  yield* inSlices(known.keys(), sliceSize, (id) => {
    if (!rules.has(id)) changed.push({ id, rule: null });
  });
  return changed;
}

/** What makes the known rules those of the source; null when that is too much for one go. Rules are the same that say the same. */
export function* ruleChanges(known: KnownRules, source: PlanSource, sliceSize: number): Generator<void, RuleChange[] | null> {
  const inbound = yield* changesOf(known.inbound.rules, source.inboundRules, sliceSize);
  const outbound = inbound && (yield* changesOf(known.outbound.rules, source.outboundRules, sliceSize));
  if (inbound === null || outbound === null || inbound.length + outbound.length > mostChanges) return null;
  return [
    ...inbound.map((change) => ({ kind: "inbound" as const, ...change })),
    ...outbound.map((change) => ({ kind: "outbound" as const, ...change })),
  ];
}
