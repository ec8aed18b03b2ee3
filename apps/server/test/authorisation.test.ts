/** The authorisation matrix: every procedure × who asks × whose things are asked for, over both doors. */
import { reachedProcedures } from "@switchboard/api/rest-routes";
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyProcedure } from "./every-procedure.ts";
import { type Policy, policies } from "./authorisation-policy.ts";
import { type Asked, askTrpc, askRest, canary, type MatrixWorld, openMatrix } from "./authorisation-world.ts";

let world: MatrixWorld;
beforeAll(async () => {
  world = await openMatrix();
});
afterAll(() => world.stop());

const restOf = new Map(reachedProcedures().map((procedure) => [procedure.name, procedure]));
const names = everyProcedure.map(({ name }) => name);
const policyOf = (name: string): Policy => (policies as Record<string, Policy>)[name]!;

test("every procedure has its line in the policy, and no line is left over", () => {
  expect(Object.keys(policies).toSorted()).toEqual(names.toSorted());
});

const actors = ["anonymous", "disabled", "revoked", "user A", "just demoted", "admin A", "user B", "admin B"] as const;
type Actor = (typeof actors)[number];
type Whose = "own" | "theirs" | "absent" | "malformed" | "theirs nested in own";

type Case = { name: string; actor: Actor; whose: Whose; input: unknown };

const isReader = (actor: Actor) => actor === "user A" || actor === "just demoted" || actor === "user B";
const isNobody = (actor: Actor) => actor === "anonymous" || actor === "disabled" || actor === "revoked";

/** What each id class asks for, from the side of the actor's tenant. */
const inputsOf = (policy: Policy, actor: Actor): { whose: Whose; input: unknown }[] => {
  const [own, theirs] = actor.endsWith("B") ? [world.b.ids, world.a.ids] : [world.a.ids, world.b.ids];
  const input = policy.input ?? (() => undefined);
  const inputs: { whose: Whose; input: unknown }[] = [];
  const { names: kind, nested } = policy;
  // Before own things change: a version that is out of date would be refused for that.
  for (const each of nested?.(own, theirs) ?? []) inputs.push({ whose: "theirs nested in own", input: each });
  // An admin of B at work in B would change what the others are watched for.
  if (actor !== "admin B") inputs.push({ whose: "own", input: input(own) });
  if (kind !== undefined) {
    const absent = `${own[kind].slice(0, 4)}${"0".repeat(20)}`;
    inputs.push({ whose: "theirs", input: input({ ...own, [kind]: theirs[kind] }) });
    inputs.push({ whose: "absent", input: input({ ...own, [kind]: absent }) });
    for (const odd of ["'; --", "__proto__", "%00", own[kind].toUpperCase(), "x".repeat(64)]) {
      inputs.push({ whose: "malformed", input: input({ ...own, [kind]: odd }) });
    }
  }
  return inputs;
};

const casesOf = (name: string): Case[] =>
  actors.flatMap((actor) => inputsOf(policyOf(name), actor).map(({ whose, input }): Case => ({ name, actor, whose, input })));

/** What may be answered; `done`: it was done, or refused for what it is and not for who asks. */
const expected = ({ name, actor, whose }: Case): "401" | "403" | "404" | "refused" | "empty" | "answered" | "done" => {
  const { access, leavesOut, isOver } = policyOf(name);
  if (access === "public") return "answered";
  if (isNobody(actor)) return "401";
  if (access === "admin" && isReader(actor)) return "403";
  if (whose === "own") return isOver ? "404" : "done";
  if (leavesOut === true) return "empty";
  if (whose === "theirs nested in own") return /\.(list|total)$/.test(name) ? "empty" : "refused";
  return whose === "malformed" ? "refused" : "404";
};

const matches = (wanted: ReturnType<typeof expected>, { status, body }: Asked): boolean => {
  switch (wanted) {
    case "401":
    case "403":
    case "404":
      return status === Number(wanted);
    case "refused":
      return [400, 404, 422].includes(status);
    case "empty":
      return [404, 422].includes(status) || (status === 200 && /"items":\[\]|"count":0,/.test(body));
    case "answered":
      return status < 500;
    case "done":
      return [200, 201, 409, 422].includes(status);
  }
};

const tokens = new Map<Actor, string | null>();
/** One sign-in for each actor; a new one each time where being asked may end it. */
const tokenFor = async ({ name, actor }: Case): Promise<string | null> => {
  if (/^(auth|users)\./.test(name)) return world.tokenOf(actor);
  const known = tokens.get(actor);
  if (known !== undefined) return known;
  const token = await world.tokenOf(actor);
  tokens.set(actor, token);
  return token;
};

const tables = async () =>
  (
    await rowsOf<{ name: string }>(
      world.pool,
      "SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'tenant_id'",
    )
  ).map(({ name }) => name);

/** Every row of tenant B but its sign-ins, as text. */
const rowsOfB = async () => {
  const rows: Record<string, unknown[]> = {};
  for (const table of await tables()) {
    if (table === "sessions") continue;
    rows[table] = await rowsOf(world.pool, `SELECT * FROM \`${table}\` WHERE tenant_id = ?`, [world.b.tenantId]);
  }
  rows["tenants"] = await rowsOf(world.pool, "SELECT * FROM tenants WHERE id = ?", [world.b.tenantId]);
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
};

test("each procedure answers each actor, for each class of ids, over each door, exactly as its policy says", async () => {
  const before = await rowsOfB();
  expect(before).toContain(canary);
  const wrong: unknown[] = [];
  let asked = 0;
  for (const name of names) {
    for (const each of casesOf(name)) {
      const doors = [askTrpc(world.base, name)];
      const procedure = restOf.get(name);
      if (procedure && !(policyOf(name).once && each.whose === "own")) doors.push(askRest(world.base, procedure));
      for (const ask of doors) {
        const answer = await ask(await tokenFor(each), each.input);
        asked += 1;
        const leaks = !each.actor.endsWith("B") && answer.whole.includes(canary);
        if (leaks || !matches(expected(each), answer))
          wrong.push({ ...each, wanted: expected(each), leaks, got: [answer.status, answer.body.slice(0, 300)] });
      }
    }
    await world.forgetLimits();
  }
  process.stdout.write(`authorisation matrix: ${asked} questions, ${names.length} procedures\n`);
  expect(wrong).toEqual([]);
  expect(await rowsOfB()).toBe(before);
  expect(world.logs.join("\n")).not.toContain(canary);
});
