/** Stride scheduling with whole numbers: what a pick costs, where members start, and how numbers stay small. */

/** A turn of weight 1; a pick's stride is its part of it. */
const turn = 1_000_000;
const rebaseAt = 2 ** 39;

const strideOf = (weight: number): number => Math.floor(turn / weight + 0.5);

/** Passes and virtual times of one group; a tier is a priority, or 0 where there is only one. */
export type Rotation = {
  virtualTimes: Map<number, number>;
  passes: Map<string, { tier: number; pass: number }>;
};

export const newRotation = (): Rotation => ({ virtualTimes: new Map(), passes: new Map() });

const virtualTime = (rotation: Rotation, tier: number): number => rotation.virtualTimes.get(tier) ?? 0;

/** Half a stride after the tier's virtual time; a member that changes its tier starts anew. */
export const startMember = (rotation: Rotation, id: string, tier: number, weight: number): void => {
  if (rotation.passes.get(id)?.tier === tier) return;
  rotation.passes.set(id, { tier, pass: virtualTime(rotation, tier) + Math.floor(strideOf(weight) / 2) });
};

/** Absence earns no credit: nobody stands behind the tier's virtual time. */
export const effectivePass = (rotation: Rotation, id: string, tier: number): number =>
  Math.max(rotation.passes.get(id)?.pass ?? 0, virtualTime(rotation, tier));

/** `leastFresh`: the smallest effective pass among members that a fresh call could have. `weight` as it counts now. */
export const recordPick = (rotation: Rotation, pick: { id: string; tier: number; weight: number; leastFresh: number }): void => {
  const { id, tier, weight, leastFresh } = pick;
  const pass = effectivePass(rotation, id, tier) + strideOf(weight);
  rotation.virtualTimes.set(tier, Math.max(virtualTime(rotation, tier), leastFresh));
  rotation.passes.set(id, { tier, pass });
  const base = virtualTime(rotation, tier);
  if (base < rebaseAt) return;
  rotation.virtualTimes.set(tier, 0);
  for (const member of rotation.passes.values()) if (member.tier === tier) member.pass = Math.max(0, member.pass - base);
};
