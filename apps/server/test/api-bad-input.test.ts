/** Bad input at the operators' door: made from each procedure's own schema, so that a new field is attacked from its first day. */
import { pathFields, type ReachedProcedure, reachedProcedures } from "@switchboard/api/rest-routes";
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { everyProcedure } from "./every-procedure.ts";
import { type Policy, policies } from "./authorisation-policy.ts";
import { type Asked, askRest, askTrpc, type MatrixWorld, openMatrix, RawJson } from "./authorisation-world.ts";

let world: MatrixWorld;
let token: string | null;
beforeAll(async () => {
  world = await openMatrix();
  token = await world.tokenOf("admin A");
});
afterAll(() => world.stop());

const rest = new Map(reachedProcedures().map((procedure) => [procedure.name, procedure]));
const names = everyProcedure.map(({ name }) => name);
const schemas = new Map(everyProcedure.map(({ name, input }) => [name, input]));
const policyOf = (name: string): Policy => (policies as Record<string, Policy>)[name]!;
const schemaOf = (name: string): z.ZodType => schemas.get(name)!;

/** Raw JSON, so that what no object can hold can be sent too. */
const odd = [
  "null",
  "true",
  "0",
  "-0",
  "-1",
  "1.5",
  "1e400",
  "9007199254740993",
  '""',
  '" "',
  '"x"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u0007"',
  '"<x>&\'\\""',
  '"\'; DROP TABLE tenants; --"',
  JSON.stringify("x".repeat(10_000)),
  "[]",
  "[null]",
  "[[]]",
  "{}",
  '{"$gt":""}',
  '{"$ne":null}',
  '{"__proto__":{"role":"admin"}}',
  '{"constructor":{"prototype":{}}}',
  `${"[".repeat(500)}${"]".repeat(500)}`,
];
const unknownFields = ["nope", "tenantId", "id2", "__proto__", "constructor", "toString", "$where", "role"];

type Json = { [field: string]: unknown } | unknown[];
const isNode = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Every place inside a value, as the keys that lead to it. */
const placesIn = (value: unknown): string[][] =>
  isNode(value) ? Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((path) => [key, ...path])]) : [];

const marker = "@@odd@@";
/** JSON of `value` with `text` in one place. */
const withText = (value: unknown, [key, ...further]: string[], text: string): string => {
  const put = (node: unknown, path: string[]): unknown => {
    const [first, ...more] = path;
    if (first === undefined) return marker;
    const copy: Record<string, unknown> = { ...Object(node) };
    copy[first] = put(copy[first], more);
    return Array.isArray(node) ? Object.values(copy) : copy;
  };
  return JSON.stringify(put(value, key === undefined ? [] : [key, ...further])).replace(JSON.stringify(marker), () => text);
};

/** Fields that the schema knows and the good input leaves out. */
const absentFields = (schema: z.ZodType, good: unknown): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape).filter((name) => !Object.hasOwn(Object(good), name)) : [];

const inputsFor = (name: string): string[] => {
  const good = policyOf(name).input?.(world.a.ids);
  const schema = schemaOf(name);
  const base = good ?? {};
  const places = [...placesIn(base), ...absentFields(schema, base).map((field) => [field])];
  const wrong = places.flatMap((place) => odd.map((text) => withText(base, place, text)));
  const missing = Object.keys(base).map((field) =>
    JSON.stringify(Object.fromEntries(Object.entries(base).filter(([key]) => key !== field))),
  );
  const more = unknownFields.map(
    (field) => `${JSON.stringify(base).slice(0, -1)}${Object.keys(base).length > 0 ? "," : ""}${JSON.stringify(field)}:1}`,
  );
  return [...new Set([...odd, ...wrong, ...missing, ...more])];
};

const isGood = (name: string, text: string): boolean => schemaOf(name).safeParse(JSON.parse(text)).success;

/** Over REST what names the thing stands in the address; with that wrong, there is nothing at the address. */
const restInput = (procedure: ReachedProcedure, text: string): unknown => {
  const good = Object(policyOf(procedure.name).input?.(world.a.ids));
  const value: unknown = JSON.parse(text);
  // What JSON says and memory can't is for the other door.
  if (text.includes("1e400")) return null;
  const isObject = isNode(value) && !Array.isArray(value);
  const inPath = pathFields(procedure.route);
  if (!isObject) return inPath.length === 0 ? new RawJson(text) : null;
  return inPath.every((name) => value[name] === good[name]) ? value : null;
};

const hasBody = ({ route }: ReachedProcedure) => route.method === "POST" || route.method === "PUT";

const state = async () => {
  const tables = await rowsOf<{ name: string }>(
    world.pool,
    "SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'tenant_id' AND table_name <> 'sessions'",
  );
  const rows: unknown[] = [];
  for (const { name } of tables) rows.push(await rowsOf(world.pool, `SELECT * FROM \`${name}\``));
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
};

/** A refusal in words, with the fields that are wrong. */
const isRefusal = ({ status, body }: Asked): boolean => {
  if (![400, 413, 422].includes(status) || /stack|node_modules|\.ts:\d/.test(body)) return false;
  const answer = JSON.parse(body) as { message?: string; error?: { message: string } };
  return (answer.message ?? answer.error?.message ?? "").length > 5;
};
const hasIssues = ({ body }: Asked): boolean => /"issues":\[\{"path":"[^"]*","message":"[^"]+"/.test(body);

const atOnce = 8;

test("whatever is wrong with an input is refused in words at both doors, field by field, and nothing is changed", async () => {
  const before = await state();
  const wrong: unknown[] = [];
  let asked = 0;
  const ask = async (name: string, text: string) => {
    const procedure: ReachedProcedure | undefined = rest.get(name);
    const answers = [await askTrpc(world.base, name)(token, new RawJson(text))];
    const sent = procedure && hasBody(procedure) ? restInput(procedure, text) : null;
    if (procedure && sent !== null) answers.push(await askRest(world.base, procedure)(token, sent));
    asked += answers.length;
    for (const answer of answers) {
      if (!isRefusal(answer) || !(hasIssues(answer) || answer.status === 413))
        wrong.push({ name, text: text.slice(0, 200), got: [answer.status, answer.body.slice(0, 300)] });
    }
  };
  for (const name of names) {
    const texts = inputsFor(name).filter((each) => !isGood(name, each));
    // None of them changes anything: they need not wait for each other.
    for (let first = 0; first < texts.length; first += atOnce)
      await Promise.all(texts.slice(first, first + atOnce).map((text) => ask(name, text)));
    await world.forgetLimits();
  }
  process.stdout.write(`bad input at the operators' door: ${asked} questions\n`);
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(await state()).toBe(before);
});

test("what a schema takes, however odd, is answered; nothing ends in our own fault", async () => {
  const faults: unknown[] = [];
  let asked = 0;
  for (const name of names) {
    if (name === "live.events") continue;
    for (const text of inputsFor(name).filter((each) => isGood(name, each))) {
      const answer = await askTrpc(world.base, name)(await world.tokenOf("admin A"), new RawJson(text));
      asked += 1;
      if (answer.status >= 500) faults.push({ name, text: text.slice(0, 200), got: [answer.status, answer.body.slice(0, 300)] });
    }
    await world.forgetLimits();
  }
  process.stdout.write(`odd but good input at the operators' door: ${asked} questions\n`);
  expect(faults).toEqual([]);
});

test("a megabyte, a batch of a thousand, and JSON that is none are refused without a look inside", async () => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const large = JSON.stringify({ name: "x".repeat(1_000_000) });
  for (const path of ["/trpc/agents.create", "/api/voice-agents"]) {
    expect([path, (await fetch(world.base + path, { method: "POST", headers, body: large })).status]).toEqual([path, 413]);
    for (const body of ["{", "", "nul", '{"name":', "\u0000", "{'name':'x'}", '{"__proto__":{"a":1}}']) {
      const { status } = await fetch(world.base + path, { method: "POST", headers, body });
      expect([path, body, status]).toEqual([path, body, 400]);
    }
  }
  const batch = (count: number) =>
    `${world.base}/trpc/${Array(count).fill("agents.list").join(",")}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [index, {}]))))}`;
  for (const count of [1_000, 150]) {
    const { status } = await fetch(batch(count), { headers });
    expect([400, 404, 413, 414, 431]).toContain(status);
  }
  expect((await fetch(batch(10), { headers })).status).toBe(200);
});
