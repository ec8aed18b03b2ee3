/** How many calls there are, in words that say how well that is known. */
import type { CallTotal } from "../../api/answers.ts";

const roughly = (count: number): string => {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return (Math.round(count / 10 ** digits) * 10 ** digits).toLocaleString();
};

/** Null where there is nothing to say. */
export const countWords = ({ count, precision }: CallTotal): string | null => {
  switch (precision) {
    case "exact":
      return count === 0 ? null : `${count.toLocaleString()} ${count === 1 ? "call" : "calls"}`;
    case "estimate":
      return `About ${roughly(count)} calls`;
    case "at_least":
      return count === 0 ? null : `At least ${count.toLocaleString()} calls`;
  }
};
