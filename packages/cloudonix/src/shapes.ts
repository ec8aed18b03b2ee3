/** What Cloudonix answers, read once: what is needed must be there, the rest may be missing or odd, and no password gets any further. */
import { z } from "zod";

const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int());
const optionalNumber = wholeNumber.nullish().catch(null).default(null);
const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
  .transform((text) => (text === undefined || text === "" ? null : text));
const yesUnlessSaid = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((said) => said ?? true);

/** Milliseconds, given as such, as text, or as a date. */
const optionalTime = z.unknown().transform((given): number | null => {
  if (given === null || given === undefined || given === "") return null;
  const at = typeof given === "number" ? given : typeof given !== "string" ? Number.NaN : Number(given) || Date.parse(given);
  return Number.isFinite(at) && at > 0 ? at : null;
});

/** An empty one may come as a list. */
const profileShape = z.record(z.string(), z.unknown()).catch({});

const aliasShape = z.union([z.string(), z.object({ alias: z.string() }).transform(({ alias }) => alias)]).catch("");

export const domainShape = z
  .object({
    id: wholeNumber,
    domain: z.string().min(1),
    active: yesUnlessSaid,
    defaultApplication: optionalNumber,
    aliases: z.array(aliasShape).catch([]),
    profile: profileShape,
  })
  .transform(({ active, ...domain }) => ({ ...domain, aliases: domain.aliases.filter((alias) => alias !== ""), isActive: active }));
export type PlatformDomain = z.output<typeof domainShape>;

export const applicationShape = z
  .object({ id: wholeNumber, name: z.string().min(1), type: optionalText, url: optionalText, method: optionalText, active: yesUnlessSaid })
  .transform(({ active, ...application }) => ({ ...application, isActive: active }));
export type PlatformApplication = z.output<typeof applicationShape>;

export const numberShape = z
  .object({ id: wholeNumber, dnid: optionalText, source: optionalText, applicationId: optionalNumber, active: yesUnlessSaid })
  .transform(({ active, ...number }) => ({ ...number, isActive: active }));
export type PlatformNumber = z.output<typeof numberShape>;

/** The profile, where the password is, is not read at all. */
export const trunkShape = z
  .object({
    id: wholeNumber,
    name: z.string().min(1),
    ip: optionalText,
    port: optionalText,
    transport: optionalText,
    direction: optionalText,
    prefix: optionalText,
    metric: optionalNumber,
    active: yesUnlessSaid,
  })
  .transform(({ active, ...trunk }) => ({ ...trunk, isActive: active }));
export type PlatformTrunk = z.output<typeof trunkShape>;

/** Times are milliseconds. `status` is the platform's word. */
export const sessionShape = z
  .object({
    token: z.string().min(1),
    status: optionalText,
    direction: optionalText,
    callerId: optionalText,
    destination: optionalText,
    callStartTime: optionalTime,
    createdAt: optionalTime,
    callAnswerTime: optionalTime,
    callEndTime: optionalTime,
    endTime: optionalTime,
  })
  .transform(({ token, status, direction, callerId, destination, ...times }) => ({
    ...{ token, status, direction, from: callerId, to: destination },
    startedAt: times.callStartTime ?? times.createdAt,
    answeredAt: times.callAnswerTime,
    endedAt: times.callEndTime ?? times.endTime,
  }));
export type PlatformSession = z.output<typeof sessionShape>;

export const startedCallShape = z.object({ token: z.string().min(1) });
export type StartedCall = z.output<typeof startedCallShape>;

/** Of an answer that says no more than that it was done. */
export const nothingShape = z.unknown().transform(() => null);

export const refusalShape = z.object({ message: z.string() });
