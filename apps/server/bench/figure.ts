/** One measured figure: beside its baseline where it has one, held to its target where it has one. */

export type Target = {
  /** What is held to it: the figure itself, or its ratio to the baseline. */
  of: "value" | "ratio";
  is: "at least" | "at most" | "below";
  limit: number;
};

export type Figure = {
  benchmark: string;
  what: string;
  value: number;
  unit: string;
  baseline: { what: string; value: number } | null;
  target: Target | null;
};

/** Figure over baseline; null where there is none to divide by. */
export const ratioOf = ({ value, baseline }: Figure): number | null => (baseline && baseline.value > 0 ? value / baseline.value : null);

/** Null: nothing was asked of this figure. */
export const isMet = (figure: Figure): boolean | null => {
  const { target } = figure;
  if (target === null) return null;
  const held = target.of === "value" ? figure.value : ratioOf(figure);
  if (held === null) return false;
  switch (target.is) {
    case "at least":
      return held >= target.limit;
    case "at most":
      return held <= target.limit;
    case "below":
      return held < target.limit;
  }
};

/** Collects the figures of one benchmark. */
export const figuresOf = (benchmark: string) => {
  const figures: Figure[] = [];
  return {
    figures,
    add: (what: string, value: number, unit: string, more: Partial<Pick<Figure, "baseline" | "target">> = {}) => {
      figures.push({ benchmark, what, value, unit, baseline: more.baseline ?? null, target: more.target ?? null });
    },
  };
};
