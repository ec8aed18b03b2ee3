import type { WebhookAnswer, WebhookRefusals } from "@switchboard/control/webhook-answers";
import { callId, tenantId } from "@switchboard/routing/ids";
import Fastify from "fastify";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { createAnswerLog } from "./answer-log.ts";

const tenant = tenantId("ten_00000000000000000001");
const call = callId("cal_00000000000000000001");

test("while the store is away nothing waits and nothing is lost; when it is back each is brought once", async () => {
  const stored: { answers: readonly WebhookAnswer[]; refusals: readonly WebhookRefusals[] }[] = [];
  let isAway = true;
  let tries = 0;
  const log = createAnswerLog({
    tenants: { byKey: () => undefined, byDomain: () => undefined },
    store: async (answers, refusals) => {
      tries += 1;
      if (isAway) throw new Error("the store is away");
      stored.push({ answers, refusals });
      return null;
    },
    now: () => 1_800_000_000_000,
    logger: pino({ level: "silent" }),
  });
  const app = Fastify();
  app.get<{ Querystring: { status: string } }>("/", (request, reply) => reply.code(Number(request.query.status)).send());
  app.addHook("onResponse", async (request, reply) =>
    log.note(request, reply, { kind: "voice", tenantId: tenant, heard: [{ callId: call, receivedAt: 1_800_000_000_000 }] }),
  );
  const job = log.start();
  for (const status of [200, 401, 200, 401, 403]) await app.inject(`/?status=${status}`);
  await vi.waitFor(() => expect(tries).toBeGreaterThan(1), 10_000);
  isAway = false;
  await vi.waitFor(() => expect(stored).toHaveLength(1), 10_000);
  await app.inject("/?status=200");
  await job.stop();
  await app.close();
  expect(stored.map(({ answers }) => answers.length)).toEqual([2, 1]);
  const [first] = stored;
  expect(first?.refusals.map(({ status, times }) => [status, times])).toEqual([
    [401, 2],
    [403, 1],
  ]);
  expect(first?.answers[0]).toMatchObject({ tenantId: tenant, callId: call, kind: "voice", status: 200, tookMs: expect.any(Number) });
});
