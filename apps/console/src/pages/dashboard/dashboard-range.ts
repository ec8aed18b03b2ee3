/** How far back the dashboard looks; a day where nothing is chosen. */
export const dashboardRanges = ["hour", "day", "week", "month"] as const;
export type DashboardRange = (typeof dashboardRanges)[number];
