/** Journal ids (`milliseconds-sequence`) in their order. */

const partsOf = (id: string): [number, number] => {
  const [ms, sequence] = id.split("-");
  return [Number(ms), Number(sequence ?? 0)];
};

/** Negative when `a` was journaled before `b`. */
export const compareJournalIds = (a: string, b: string): number => {
  const [aMs, aSequence] = partsOf(a);
  const [bMs, bSequence] = partsOf(b);
  return aMs - bMs || aSequence - bSequence;
};

/** When it was journaled, milliseconds since the epoch. */
export const journaledAt = (id: string): number => partsOf(id)[0];
