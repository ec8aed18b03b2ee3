/** Every class of bad input through the real door, over real connections. */
import { Agent } from "node:http";
import { newTokenId } from "@switchboard/control/ids";
import { hashToken, mintToken } from "@switchboard/control/tokens";
import { type BadCase, type BadInputContext, isVoiceRoute } from "@switchboard/simulator/bad-input/case";
import { fixedCases } from "@switchboard/simulator/bad-input/fixed-cases";
import { generatedCases } from "@switchboard/simulator/bad-input/generated-cases";
import { sendCase } from "@switchboard/simulator/bad-input/send-case";
import { checkAnswer } from "@switchboard/simulator/check-answer";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Configurator, startTestServer, type TestTenant } from "./test-server.ts";

/** Ten times what is promised, since other tests share the machine. */
const longestMs = 500;
const caller = "+15552345678";
const seed = "bad-input-1";

const withAnAgent = async ({ newTenant }: Configurator): Promise<TestTenant> => {
  const tenant = await newTenant();
  const { agents, inboundRules } = tenant.configuration;
  const { item } = await agents.create({ name: "a", provider: "vapi", serviceValue: "+15550100101" });
  await inboundRules.create({ pattern: "*", targetType: "voice_agent", targetId: item.id });
  return tenant;
};

const configure = async (configurator: Configurator) => {
  const [tenant, other] = [await withAnAgent(configurator), await withAnAgent(configurator)];
  const revokedToken = mintToken();
  const past = new Date(Date.now() - 3_600_000);
  const hash = Uint8Array.from(hashToken(revokedToken));
  await configurator.database.prisma.webhookToken.create({
    data: { tenantId: tenant.tenantId, id: newTokenId(), hash, validUntil: past, createdAt: past },
  });
  return { tenant, other, revokedToken };
};

let server: Awaited<ReturnType<typeof startTestServer<Awaited<ReturnType<typeof configure>>>>>;
let url: string;
let context: BadInputContext;
let agent: Agent;
const slow: BadCase[] = [];

const post = (path: string, who: TestTenant, fields: Record<string, unknown>): Promise<Response> =>
  fetch(`${url}/api/webhooks/${path}/${who.tenantKey}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.webhookToken}`, "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

/** A call that waits for its dial's result. */
async function waitingCall(who: TestTenant, session: string): Promise<{ session: string; actionPath: string }> {
  const answer = await post("voice-application", who, { Session: session, From: caller, To: "+15550100001", Domain: who.domain });
  const checked = checkAnswer({ status: answer.status, contentType: answer.headers.get("content-type"), body: await answer.text() });
  const [instruction] = checked.instructions;
  if (instruction?.kind !== "dial") throw new Error(`No agent was dialled: ${JSON.stringify(checked)}`);
  const { pathname, search } = new URL(instruction.action);
  return { session, actionPath: `${pathname}${search}` };
}

beforeAll(async () => {
  server = await startTestServer(configure);
  url = await server.app.listen({ host: "127.0.0.1", port: 0 });
  agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const { tenant, other, revokedToken } = server.configured;
  const dial = await waitingCall(tenant, "bad-input-dial");
  const otherDial = await waitingCall(other, "bad-input-other");
  context = { tenant, other, revokedToken, dial, otherDial, canary: "canary7f3a9c" };
  // From the first bearer on, no report may come without one.
  await post("session-update", tenant, { token: "bad-input-first", status: "new" });
});

afterAll(async () => {
  agent.destroy();
  await server.stop();
});

/** What is wrong with the answer to a case, in a line; null when nothing is. */
async function complaintAbout(given: BadCase): Promise<string | null> {
  const answer = await sendCase(url, given, agent);
  const voice = isVoiceRoute(given.route) && given.method !== "HEAD";
  const wrong = voice ? checkAnswer(answer, given.expected).violations.map(({ code, message }) => `${code}: ${message}`) : [];
  if (!given.expected.includes(answer.status)) wrong.push(`${answer.status} instead of ${given.expected.join(" or ")}`);
  if (answer.waitedMs > longestMs) slow.push(given);
  return wrong.length === 0 ? null : `${given.name}: ${wrong.join("; ")}`;
}

/** A busy machine may hold up any one of thousands; a case that is slow by itself is so again, alone. */
async function slowOnes(): Promise<string[]> {
  const found: string[] = [];
  for (const given of slow.splice(0)) {
    const { waitedMs } = await sendCase(url, given, agent);
    if (waitedMs > longestMs) found.push(`${given.name}: took ${Math.round(waitedMs)} ms`);
  }
  return found;
}

async function complaintsAbout(cases: BadCase[]): Promise<string[]> {
  const queue = cases.values();
  const complaints: string[] = [];
  const work = async (): Promise<void> => {
    for (const given of queue) {
      const complaint = await complaintAbout(given);
      if (complaint !== null) complaints.push(complaint);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return [...complaints, ...(await slowOnes())];
}

test.each(["voice", "dial_result", "session_update", "cdr"] as const)(
  "every fixed case of bad input to %s gets the status that the contract gives it, and a document where one is due",
  async (route) => {
    const cases = fixedCases(context).filter((given) => given.route === route);
    expect(cases.length).toBeGreaterThan(700);
    expect(await complaintsAbout(cases)).toEqual([]);
  },
);

test(`two thousand generated requests (seed ${seed}) get the first refusal in the order of the checks, or are taken`, async () => {
  expect(await complaintsAbout(generatedCases(context, seed))).toEqual([]);
});

test("what was taken is recorded, however strange: nothing of it poisons the recorder", async () => {
  const { tenant } = server.configured;
  const { prisma } = server.configurator.database;
  await waitingCall(tenant, "bad-input-last");
  // A tenant's events are recorded in their order, so everything before this call is there when it is.
  await vi.waitFor(async () => expect(await prisma.callRecord.count({ where: { session: "bad-input-last" } })).toBe(1), {
    timeout: 60_000,
  });
  const poison = await prisma.deadLetter.findMany();
  expect(poison.map(({ error, event }) => ({ error, event: JSON.stringify(event).slice(0, 500) }))).toEqual([]);
});

test("nothing of what came in was logged as it was, and nothing was our own fault", () => {
  const { tenant, other, revokedToken } = server.configured;
  const secrets = [context.canary, caller, revokedToken, ...[tenant, other].flatMap((each) => [each.webhookToken, each.tenantKey])];
  expect(server.logs.length).toBeGreaterThan(0);
  expect(server.logs.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  const faults = server.logs.map((line) => JSON.parse(line)).filter(({ level, event }) => level >= 50 && event !== "redis_away");
  // A busy machine may keep Redis waiting; that is no fault of a request's.
  expect(faults).toEqual([]);
});
