/** Random bad input from a seed: harmless strangeness, and up to two faults of which the first that is checked decides. */
import { createSeededRandom, type SeededRandom } from "../seeded-random.ts";
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  bytes,
  createMakeCase,
  type Fields,
  goodFields,
  isVoiceRoute,
  type Route,
  routes,
  type Spoiled,
} from "./case.ts";

/** In the order in which the door checks. */
const faults = ["too_large", "method", "content_type", "credentials", "body", "domain"] as const;
type Fault = (typeof faults)[number];

const statusOf: Readonly<Record<Fault, number>> = {
  too_large: 413,
  method: 405,
  content_type: 415,
  credentials: 401,
  body: 400,
  domain: 403,
};

/** Fields that may hold anything without changing who calls, whom and for which tenant. */
const free: Readonly<Record<Route, readonly [string, ...string[]]>> = {
  voice: [
    "From",
    "CallerName",
    "Direction",
    "CallStatus",
    "Diverted",
    "AssertedIdentity",
    "ApiVersion",
    "CallSid",
    "AccountSid",
    "SessionData",
  ],
  dial_result: ["From", "CallerName", "Direction", "CallStatus", "DialCallStatus", "Diverted", "CallSid", "AccountSid", "SessionData"],
  session_update: [
    "id",
    "eventId",
    "domainId",
    "subscriberId",
    "callerId",
    "destination",
    "direction",
    "status",
    "action",
    "reason",
    "createdAt",
    "modifiedAt",
    "callStartTime",
    "callAnswerTime",
    "answerTime",
    "vappServer",
    "lastError",
    "callIds",
    "profile",
  ],
  cdr: [
    "timestamp",
    "call_id",
    "from",
    "to",
    "disposition",
    "duration",
    "billsec",
    "cx_trunk_id",
    "application",
    "rated_cost",
    "subscriber",
    "owner",
  ],
};

const alphabets = [
  "0123456789+*#",
  "abcXYZ-_.",
  "<>&\"'/=",
  "\u0000\u0001\u001b\u007f\uFFFE",
  "äß漢字🙂\u202E\u200B",
  "\r\n\t ",
  "{}[]:,\\$",
] as const;

const randomText = (random: SeededRandom): string => {
  const characters = Array.from(random.pick(alphabets) + random.pick(alphabets));
  return Array.from(
    { length: random.whole(0, random.chance(0.05) ? 5_000 : 40) },
    () => characters[random.whole(0, characters.length - 1)] ?? "",
  ).join("");
};

function randomJson(random: SeededRandom, depth: number): unknown {
  const kind = random.whole(0, depth > 3 ? 5 : 7);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -0, 1.5, 2 ** 53 + 2, -1, Number.MAX_VALUE, random.whole(-1e9, 1e9)]);
  if (kind <= 5) return randomText(random);
  const size = random.whole(0, 5);
  if (kind === 6) return Array.from({ length: size }, () => randomJson(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [
      random.pick(["__proto__", "constructor", "token", randomText(random)]),
      randomJson(random, depth + 1),
    ]),
  );
}

/** Unknown fields, free fields of any kind, in any order. */
function strangeFields(random: SeededRandom, context: BadInputContext, route: Route, name: string): Fields {
  const entries = Object.entries(goodFields(context, route, name));
  for (let times = random.whole(0, 4); times > 0; times -= 1) entries.push([random.pick(free[route]), randomJson(random, 0)]);
  for (let times = random.whole(0, 3); times > 0; times -= 1) entries.push([`x-${randomText(random)}`, randomJson(random, 0)]);
  // A later entry of the same name wins, so that order only shuffles among different names.
  const settled = Object.entries(Object.fromEntries(entries));
  return Object.fromEntries(random.chance(0.5) ? settled.toReversed() : settled);
}

function spoilText(random: SeededRandom, text: string): string {
  const how = random.whole(0, 4);
  if (how === 0) return text.slice(0, random.whole(0, text.length - 1));
  if (how === 1) return text.slice(random.whole(1, text.length));
  if (how === 2) return `${text}${random.pick(["}", ",", "x", "{}", "]"])}`;
  if (how === 3) return random.pick(["null", "7", '"text"', "[]", "[[]]", "true", ""]);
  return `${random.pick(["}", "]", ":", ",", "<", "'"])}${randomText(random)}`;
}

const methodsRefused: Readonly<Record<"voice" | "report", readonly [string, ...string[]]>> = {
  voice: ["PUT", "PATCH", "DELETE", "OPTIONS"],
  report: ["PUT", "PATCH", "DELETE", "OPTIONS", "GET"],
};

function wrongToken(random: SeededRandom, { tenant, other, revokedToken }: BadInputContext): string {
  const token = random.hex(random.whole(1, 200));
  return random.pick([
    `Bearer ${token}`,
    `Basic ${token}`,
    token,
    "Bearer ",
    `Bearer ${other.webhookToken}`,
    `Bearer ${revokedToken}`,
    `Bearer ${tenant.webhookToken}${token}`,
    `Bearer ${tenant.webhookToken} ${token}`,
  ]);
}

type Draft = { text: string; method: string | null; headers: Record<string, string>; declared: number | null };

function commit(random: SeededRandom, context: BadInputContext, route: Route, { draft, fault }: { draft: Draft; fault: Fault }): void {
  switch (fault) {
    case "too_large":
      draft.declared = random.whole(262_145, 5_000_000);
      break;
    case "method":
      draft.method = random.pick(methodsRefused[isVoiceRoute(route) ? "voice" : "report"]);
      break;
    case "content_type":
      draft.headers["content-type"] = random.pick([
        "text/plain",
        "text/xml",
        "image/png",
        `application/${random.hex(6)}`,
        `${random.hex(4)}/json`,
      ]);
      break;
    case "credentials":
      draft.headers["authorization"] = wrongToken(random, context);
      break;
    case "body":
      draft.text = spoilText(random, draft.text);
      break;
    case "domain":
      break;
  }
}

function generate(random: SeededRandom, context: BadInputContext, index: number): BadCase {
  const route = random.pick(routes);
  const name = `generated ${index}`;
  const chosen = faults.filter(() => random.chance(0.13)).slice(0, 2);
  const fields = strangeFields(random, context, route, name);
  if (chosen.includes("domain"))
    fields[isVoiceRoute(route) ? "Domain" : "domain"] = random.pick([
      context.other.domain,
      `${random.hex(5)}.example`,
      `${context.tenant.domain}.${random.hex(3)}`,
    ]);
  const draft: Draft = { text: JSON.stringify(fields, null, random.pick([0, 1, 3])), method: null, headers: {}, declared: null };
  for (const fault of chosen) commit(random, context, route, { draft, fault });
  const spoiled: Spoiled = {
    headers: draft.headers,
    ...(draft.method === null ? {} : { method: draft.method }),
    body:
      draft.declared === null
        ? bytes(draft.text)
        : { kind: "declared", length: draft.declared, start: Buffer.from(draft.text.slice(0, 100)) },
  };
  const first = chosen[0];
  return createMakeCase(context)(
    route,
    `${name} (${chosen.join(", ") || "strange"})`,
    spoiled,
    first === undefined ? acceptedStatus(route) : statusOf[first],
  );
}

/** @param seed the same one makes the same cases */
export function generatedCases(context: BadInputContext, seed: string, count = 2_000): BadCase[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, (_none, index) => generate(random.branch(String(index)), context, index));
}
