/** How a figure stands beside the one before it. */
import { formatPart } from "./number.ts";

/** `+1.2 points`: parts are compared by what lies between them. */
export const points = (now: number, before: number): string => {
  const between = Math.round((now - before) * 1_000) / 10;
  if (between === 0) return "as before";
  return `${between > 0 ? "+" : "−"}${Math.abs(between).toLocaleString()} points`;
};

export const growth = (now: number, before: number): string | null => {
  if (before === 0) return null;
  const part = now / before - 1;
  return `${part < 0 ? "−" : "+"}${formatPart(Math.abs(part))}`;
};
