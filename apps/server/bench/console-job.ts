/** What the console benchmark asks of its other processes, and what they answer. */
import { z } from "zod";

const busyLine = z.strictObject({
  url: z.string(),
  tenant: z.strictObject({ tenantKey: z.string(), webhookToken: z.string(), domain: z.string() }),
  /** How many are on the line at any time. */
  calls: z.int().positive(),
  /** 0: they stay, and nothing happens. */
  eventsPerSecond: z.number().min(0),
  /** Written when the line is full. */
  readyFile: z.string(),
});
export type BusyLine = z.output<typeof busyLine>;

export const parseBusyLine = (text: string): BusyLine => busyLine.parse(JSON.parse(text));

/** `scriptKb`: of gzip. */
const pages = z.strictObject({
  scriptKb: z.number(),
  firstMs: z.number(),
  largestMs: z.number(),
  routes: z.array(
    z.strictObject({
      name: z.string(),
      /** Null for the page that was open at first. */ coldMs: z.number().nullable(),
      warmMs: z.number(),
    }),
  ),
});
export const parsePages = (text: string): z.output<typeof pages> => pages.parse(JSON.parse(text));

const frames = z.strictObject({ scriptPercent: z.number(), longestFrameMs: z.number() });
export const parseFrames = (text: string): z.output<typeof frames> => frames.parse(JSON.parse(text));

const signOut = z.strictObject({ toldMs: z.number() });
export const parseSignOut = (text: string): z.output<typeof signOut> => signOut.parse(JSON.parse(text));
