/** The first steps, in their order. */
export const startSteps = ["agent", "group", "rule", "test", "connect"] as const;
export type StartStep = (typeof startSteps)[number];
