/** Finds the numbers that were erased wherever they are written, by keyed hashes: the numbers themselves are kept nowhere. */
import { createHmac } from "node:crypto";
import type { TenantId } from "@switchboard/routing/ids";
import { numbersMeant } from "@switchboard/routing/number";
import type { KeyRing, RingKey } from "../secrets/key-ring.ts";

/** What stands in a number's place. */
export const erasedText = "erased";

/** `digest`: `keyId.hash`. */
export type Guard = { erasureId: string; createdAtMs: number; digest: string };

const purpose = "erased-numbers";

const digestBy = ({ id, key }: RingKey, tenantId: string, number: string): string =>
  `${id}.${createHmac("sha256", key).update(`${tenantId}\n${number}`).digest("base64url")}`;

/** `number` in E.164; by the key in force. */
export function digestOf(keyRing: KeyRing, tenantId: string, number: string): string {
  const [key] = keyRing.derive(purpose);
  if (key === undefined) throw new Error("a key ring without a key");
  return digestBy(key, tenantId, number);
}

/** Answers which guards know this writing of a number; those whose key has been taken off the ring know none. */
export type FindErased = (text: string) => readonly Guard[];

export type Guarded = { tenantId: TenantId; country: string | null; guards: readonly Guard[] };

export function createFindErased(keyRing: KeyRing, { tenantId, country, guards }: Guarded): FindErased {
  const byDigest = Map.groupBy(guards, ({ digest }) => digest);
  const keyIds = new Set(guards.map(({ digest }) => digest.slice(0, digest.lastIndexOf("."))));
  const keys = [...keyIds].flatMap((id) => keyRing.deriveOf(purpose, id) ?? []);
  const seen = new Map<string, readonly Guard[]>();
  return (text) => {
    const known = seen.get(text);
    if (known) return known;
    const numbers = numbersMeant(text, country);
    const found = numbers.flatMap((number) => keys.flatMap((key) => byDigest.get(digestBy(key, tenantId, number)) ?? []));
    seen.set(text, found);
    return found;
  };
}

/** What may be a number within a text, however it is written. */
const numberLike = /\+?[([]?\+?\d[\d\s\-.()[\]]{4,30}\d/g;

export const numbersIn = (text: string): string[] => text.match(numberLike) ?? [];

/** The text without the numbers that `isErased` says. */
export const withoutNumbers = (text: string, isErased: (number: string) => boolean): string =>
  text.replace(numberLike, (number) => (isErased(number) ? erasedText : number));

/** Names of a call and of things; digits in them are nobody's number, and without them a call would not be found any more. */
const names: ReadonlySet<string> = new Set([
  ...["session", "Session", "token", "sipCallIds", "call_id", "callId", "dedupe", "eventId"],
  ...["id", "tenantId", "agentId", "targetId", "groupId", "ruleId"],
]);

function walked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((each) => walked(each, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, names.has(key) ? each : walked(each, mask)]));
}

/** Every text in a value that may hold a number. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  else if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) if (!names.has(key)) yield* textsIn(each);
}

/** JSON with its texts masked, names left alone; the same text when nothing changes, masked as a text when it is no JSON. */
export function maskJson(json: string, mask: (text: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return mask(json);
  }
  let isChanged = false;
  const masked = walked(value, (text) => {
    const other = mask(text);
    isChanged ||= other !== text;
    return other;
  });
  return isChanged ? JSON.stringify(masked) : json;
}
