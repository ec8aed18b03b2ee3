/** Measures several sides in turn (A B C, A B C …), so that what slows the machine for a while slows all of them. */

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

type Sides<Name extends string> = Record<Name, () => Promise<number> | number>;

/** The values of every side, one a round, in the order of the rounds. */
export const inTurn = async <Name extends string>(rounds: number, sides: Sides<Name>, onRound?: (round: number) => void) => {
  const values = new Map<string, number[]>();
  const named = Object.entries<Sides<Name>[Name]>(sides);
  for (let round = 1; round <= rounds; round++) {
    for (const [name, measure] of named) {
      const before = values.get(name) ?? [];
      values.set(name, [...before, await measure()]);
    }
    onRound?.(round);
  }
  const of = (name: Name): number[] => values.get(name) ?? [];
  return { of, median: (name: Name): number => median(of(name)) };
};
