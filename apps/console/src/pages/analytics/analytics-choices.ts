/** What the page can be asked for. */
export const analyticsIntervals = ["minute", "hour", "day"] as const;
/** What the picture over time shows. */
export const analyticsPictures = ["calls", "rate", "duration"] as const;
