/** A client generated from the description of the REST door, compiled for real and put to work. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import openapiTypescript, { astToString } from "openapi-typescript";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openOperators, type Operators } from "./operators.ts";

/** What somebody would write with the generated types. Each line that must not compile says so. */
const script = `
import createClient from "openapi-fetch";
import type { components, paths } from "./rest-api.ts";

const answered = <Data>({ data, error }: { data?: Data; error?: components["schemas"]["Error"] }): Data => {
  if (data === undefined) throw new Error(error?.message ?? "no answer");
  return data;
};

export const connect = async (baseUrl: string, email: string, password: string) => {
  const client = createClient<paths>({ baseUrl });
  const { accessToken, user } = answered(await client.POST("/api/auth/login", { body: { email, password } }));
  client.use({ onRequest: ({ request }) => request.headers.set("authorization", \`Bearer \${accessToken}\`) });
  return {
    role: user.role,
    configure: async (pattern: string) => {
      const agent = answered(
        await client.POST("/api/voice-agents", { body: { name: "Generated", provider: "vapi", serviceValue: "+15550100142" } }),
      );
      const group = answered(
        await client.POST("/api/agent-groups", {
          body: { name: "Generated", strategy: "round_robin", members: [{ agentId: agent.id }], fallback: { type: "reject", reason: "busy" } },
        }),
      );
      const rule = answered(
        await client.POST("/api/inbound-rules", { body: { pattern, targetType: "agent_group", targetId: group.id, priority: 1 } }),
      );
      return { agent: agent.id, group: group.id, rule: rule.id };
    },
    changeAgent: async (id: string) => {
      const path = { id };
      const { version } = answered(await client.GET("/api/voice-agents/{id}", { params: { path } }));
      const changed = answered(await client.PUT("/api/voice-agents/{id}", { params: { path }, body: { version, capacity: 5 } }));
      const again = await client.PUT("/api/voice-agents/{id}", { params: { path }, body: { version, capacity: 6 } });
      return { capacity: changed.capacity, refused: again.response.status, stale: again.error?.stale };
    },
    records: async (ruleId: string) => {
      const { items } = answered(await client.GET("/api/call-records", { params: { query: { ruleId, limit: 10 } } }));
      return items.map(({ id, status, agentId, durationSeconds }) => ({ id, status, agentId, durationSeconds }));
    },
    record: async (id: string) => answered(await client.GET("/api/call-records/{id}", { params: { path: { id } } })),
  };
};

export const wrong = async (client: ReturnType<typeof createClient<paths>>) => {
  // @ts-expect-error no such address
  await client.GET("/api/nothing");
  // @ts-expect-error no such method there
  await client.DELETE("/api/tenant");
  // @ts-expect-error a field is missing
  await client.POST("/api/voice-agents", { body: { name: "x", provider: "vapi" } });
  // @ts-expect-error a field of another kind
  await client.POST("/api/voice-agents", { body: { name: "x", provider: "vapi", serviceValue: "x", enabled: "yes" } });
  // @ts-expect-error no such strategy
  await client.POST("/api/agent-groups", { body: { name: "x", strategy: "random" } });
  // @ts-expect-error a change needs the version
  await client.PUT("/api/tenant", { body: { name: "x" } });
  // @ts-expect-error no such filter
  await client.GET("/api/call-records", { params: { query: { colour: "red" } } });
  const { data } = await client.GET("/api/tenant");
  // @ts-expect-error never in an answer
  return data?.cloudonixKey;
};
`;

const own = fileURLToPath(new URL("../", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

type Client = {
  role: string;
  configure: (pattern: string) => Promise<{ agent: string; group: string; rule: string }>;
  changeAgent: (id: string) => Promise<{ capacity: number | null; refused: number; stale: boolean | undefined }>;
  records: (ruleId: string) => Promise<{ id: string; status: string; agentId: string | null; durationSeconds: number | null }[]>;
  record: (id: string) => Promise<{ timeline?: unknown[]; groupId: string | null }>;
};

let world: Operators;
let folder: string;
let types: string;
beforeAll(async () => {
  world = await openOperators();
  // Here, so that the client's packages are found; ignored by everything that reads the folders around it.
  folder = await mkdtemp(join(own, ".planted-client-"));
  const description = await fetch(`${world.base}/api/openapi.json`);
  types = astToString(await openapiTypescript(await description.text(), { silent: true }));
  await writeFile(join(folder, "rest-api.ts"), types);
  await writeFile(join(folder, "script.ts"), script);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../../tsconfig.json", include: ["*.ts"] }));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.stop();
});

test("the types that are generated name the shapes, and a script that follows them compiles where one that doesn't is refused", async () => {
  const named = [...types.matchAll(/^        (\w+): /gm)].map(([, name]) => name);
  expect(named).toEqual(
    expect.arrayContaining(["VoiceAgent", "AgentGroup", "Member", "InboundRule", "OutboundRule", "Warning", "Fallback"]),
  );
  expect(named).toEqual(expect.arrayContaining(["CallRecord", "LiveCall", "Simulation", "Tenant", "User", "Error"]));
  const compiled = await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--noEmit"]).catch(
    (failed: { stdout: string }) => failed,
  );
  expect(compiled.stdout).toBe("");
});

test("a script with the generated client signs in, creates agent, group and rule, and sees the record of a call that came by them", async () => {
  const { connect } = (await import(pathToFileURL(join(folder, "script.ts")).href)) as {
    connect: (baseUrl: string, email: string, password: string) => Promise<Client>;
  };
  const { own: tenant } = world.tenants;
  await expect(connect(world.base, tenant.email, "wrong")).rejects.toThrow("E-mail or password is wrong.");
  const client = await connect(world.base, tenant.email, tenant.password);
  expect(client.role).toBe("admin");
  const ids = await client.configure("+18005550142");
  expect(await client.changeAgent(ids.agent)).toEqual({ capacity: 5, refused: 409, stale: true });

  const door = openDoor(world.app, tenant);
  const Session = newSession();
  const dialled = await door.ring({ Session, To: "+18005550142" });
  expect(dialled.document.dialled).toBe("+15550100142");
  await door.update({ token: Session, status: "connected" });
  await door.report(dialled.document, { Session, To: "+18005550142", DialCallStatus: "completed" });
  await door.cdr({ call_id: Session, disposition: "ANSWERED", duration: 5, billsec: 3, session: { token: Session } });
  const [record] = await vi.waitFor(
    async () => {
      const records = await client.records(ids.rule);
      expect(records).toEqual([expect.objectContaining({ status: "completed", agentId: ids.agent })]);
      return records;
    },
    { timeout: 60_000, interval: 50 },
  );
  const whole = await client.record(record?.id ?? "");
  expect(whole).toMatchObject({ groupId: ids.group, timeline: expect.arrayContaining([expect.objectContaining({ type: "cdr" })]) });
});
