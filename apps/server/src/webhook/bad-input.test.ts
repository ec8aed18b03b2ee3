import { Agent } from "node:http";
import { type BadCase, type BadInputContext, isVoiceRoute } from "@switchboard/simulator/bad-input/case";
import { fixedCases } from "@switchboard/simulator/bad-input/fixed-cases";
import { generatedCases } from "@switchboard/simulator/bad-input/generated-cases";
import { sendCase } from "@switchboard/simulator/bad-input/send-case";
import { checkAnswer } from "@switchboard/simulator/check-answer";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../../tests/running-server.ts";

/** Ten times what is promised, since other tests share the machine. */
const longestMs = 500;
const caller = "+15552345678";
const seed = "bad-input-1";

let server: RunningServer;
let context: BadInputContext;
let agent: Agent;
const logLines: string[] = [];

type Who = { tenantKey: string; webhookToken: string; domain: string };

const post = (path: string, who: Who, fields: Record<string, unknown>): Promise<Response> =>
  fetch(`${server.url}/api/webhooks/${path}/${who.tenantKey}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.webhookToken}`, "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

/** A call that waits for its dial's result. */
async function waitingCall(who: Who, session: string): Promise<{ session: string; actionPath: string }> {
  const answer = await post("voice-application", who, { Session: session, From: caller, To: "+15550100001", Domain: who.domain });
  const { instructions } = checkAnswer({
    status: answer.status,
    contentType: answer.headers.get("content-type"),
    body: await answer.text(),
  });
  const [instruction] = instructions;
  if (instruction?.kind !== "dial") throw new Error(`No agent was dialled for ${who.domain}.`);
  const { pathname, search } = new URL(instruction.action);
  return { session, actionPath: `${pathname}${search}` };
}

beforeAll(async () => {
  const logger = pino({ level: "trace" }, { write: (line: string) => logLines.push(line) });
  server = await startServer(logger);
  agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const { demo, other, revokedToken } = server;
  context = {
    tenant: demo,
    other,
    revokedToken,
    dial: await waitingCall(demo, "bad-input-dial"),
    otherDial: await waitingCall(other, "bad-input-other"),
    canary: "canary7f3a9c",
  };
  // From the first bearer on, no report may come without one.
  await post("session-update", demo, { token: "bad-input-first", status: "new" });
});

afterAll(async () => {
  agent.destroy();
  await server.stop();
});

/** What is wrong with the answer to a case, in a line; null when nothing is. */
async function complaintAbout(given: BadCase): Promise<string | null> {
  const answer = await sendCase(server.url, given, agent);
  const voice = isVoiceRoute(given.route) && given.method !== "HEAD";
  const wrong = voice ? checkAnswer(answer, given.expected).violations.map(({ code, message }) => `${code}: ${message}`) : [];
  if (!given.expected.includes(answer.status)) wrong.push(`${answer.status} instead of ${given.expected.join(" or ")}`);
  if (answer.waitedMs > longestMs) wrong.push(`took ${Math.round(answer.waitedMs)} ms`);
  return wrong.length === 0 ? null : `${given.name}: ${wrong.join("; ")}`;
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
  return complaints;
}

test.each(["voice", "dial_result", "session_update", "cdr"] as const)(
  "every fixed case of bad input to %s gets the status that the contract gives it, and a document where one is due",
  async (route) => {
    const cases = fixedCases(context).filter((given) => given.route === route);
    expect(cases.length).toBeGreaterThan(700);
    expect(await complaintsAbout(cases)).toEqual([]);
  },
  120_000,
);

test(`two thousand generated requests (seed ${seed}) get the first refusal in the order of the checks, or are taken`, async () => {
  expect(await complaintsAbout(generatedCases(context, seed))).toEqual([]);
}, 120_000);

test("nothing of what came in was logged as it was, and nothing was our own fault", () => {
  const log = logLines.join("");
  const { demo, other, revokedToken } = server;
  const secrets = [context.canary, caller, demo.webhookToken, demo.tenantKey, other.webhookToken, other.tenantKey, revokedToken];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  expect(logLines.filter((line) => Number(JSON.parse(line).level) >= 50)).toEqual([]);
});
