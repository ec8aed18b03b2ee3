/** The same text for the same data, whatever order its keys are in (a database may have changed it). */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    : value;

export const stableText = (value: object): string => JSON.stringify(value, ordered);
