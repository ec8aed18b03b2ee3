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

/** More than any two machines' clocks differ by. */
const clockSlackMs = 60_000;

/**
 * A place behind the journal's last entry to go on from. After a quiet night that entry's id is older than what is kept, and
 * resuming after it would look like a gap. Nothing lies between it and a minute ago, so a place there is as good, and young.
 */
export const placeBehind = (lastId: string): string => {
  const aMinuteAgo = `${Date.now() - clockSlackMs}-0`;
  return compareJournalIds(lastId, aMinuteAgo) < 0 ? aMinuteAgo : lastId;
};
