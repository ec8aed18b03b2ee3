/** What the live benchmark's processes are asked to do, and what they answer: one JSON text in, one out. */
import { z } from "zod";

const watch = z.strictObject({
  /** `ws://host:port`. */
  url: z.string(),
  people: z.array(z.strictObject({ token: z.string(), sockets: z.int().positive() })),
  /** Written when all of them follow. */
  readyFile: z.string(),
  resultFile: z.string(),
});
export type Watch = z.output<typeof watch>;

const watched = z.strictObject({
  events: z.int(),
  started: z.int(),
  /** Connections that were closed, and messages that were no events. */
  broken: z.int(),
  /** From the journal's time to the client. */
  lagMs: z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() }),
});
export type Watched = z.output<typeof watched>;

const traffic = z.strictObject({
  url: z.string(),
  callsPerSecond: z.number().positive(),
  seconds: z.number().positive(),
  /** Called in turn. */
  tenants: z.array(z.strictObject({ tenantKey: z.string(), webhookToken: z.string(), domain: z.string() })).nonempty(),
});
export type Traffic = z.output<typeof traffic>;

const played = z.strictObject({
  calls: z.int(),
  failures: z.int(),
  firstFailure: z.string().nullable(),
  /** Of the voice request, from when it was due. */
  voiceMs: z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() }),
});
export type Played = z.output<typeof played>;

export const parseWatch = (text: string): Watch => watch.parse(JSON.parse(text));
export const parseWatched = (text: string): Watched => watched.parse(JSON.parse(text));
export const parseTraffic = (text: string): Traffic => traffic.parse(JSON.parse(text));
export const parsePlayed = (text: string): Played => played.parse(JSON.parse(text));
