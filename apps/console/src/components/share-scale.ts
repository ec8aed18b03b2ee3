/** What the whole width of several share bars stands for: as much as the longest needs, and some air, never more than everything. */
type Part = { share: number | null; targetShare: number | null };

export const shareScale = (parts: readonly Part[]): number =>
  Math.min(1, 1.25 * Math.max(0.01, ...parts.map(({ share, targetShare }) => Math.max(share ?? 0, targetShare ?? 0))));
