/** Plays Cloudonix step by step, for tests that look at the screen between the steps. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "playwright/test";
import { z } from "zod";

const firstRunSchema = z.object({
  domain: z.string(),
  tenantKey: z.string(),
  webhookToken: z.string(),
  webhooks: z.object({ voiceApplication: z.url(), sessionUpdate: z.url(), cdr: z.url() }),
  admin: z.object({ email: z.string(), password: z.string() }),
});
export type FirstRun = z.infer<typeof firstRunSchema>;

/** The data of the product that this test's worker has to itself, in the folder of all of them. */
export const ownDataDir = (dataDir: string): string => join(dataDir, String(test.info().parallelIndex));

export const readFirstRun = async (dataDir: string): Promise<FirstRun> =>
  firstRunSchema.parse(JSON.parse(await readFile(join(ownDataDir(dataDir), "first-run.json"), "utf8")));

const unescape = (text: string): string => text.replaceAll("&amp;", "&");

export const openCall = (firstRun: FirstRun, { from, to }: { from: string; to: string }) => {
  const session = randomBytes(16).toString("hex");
  const startedAt = Date.now();
  let action: string | null = null;

  const post = async (url: string, body: object): Promise<string> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${firstRun.webhookToken}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
    return text;
  };

  const ask = async (url: string, more: object): Promise<string> => {
    const cxml = await post(url, { Session: session, From: from, To: to, Domain: firstRun.domain, Direction: "inbound", ...more });
    const [, found] = /action="([^"]+)"/.exec(cxml) ?? [];
    action = found === undefined ? null : unescape(found);
    return cxml;
  };

  return {
    session,
    /** The first request; answers the CXML. */
    arrive: () => ask(firstRun.webhooks.voiceApplication, { CallStatus: "in-progress" }),
    /** The dial has ended so; answers the CXML of what is next. */
    dialEnded: (DialCallStatus: "busy" | "noanswer" | "failed" | "completed") => {
      if (action === null) throw new Error("nothing is dialled");
      return ask(action, { DialCallStatus });
    },
    update: (status: string, more: object = {}) =>
      post(firstRun.webhooks.sessionUpdate, {
        token: session,
        domain: firstRun.domain,
        callerId: from,
        destination: to,
        direction: "incoming",
        status,
        callStartTime: startedAt,
        modifiedAt: new Date().toISOString(),
        ...more,
      }),
    cdr: (disposition: string, billsec: number) =>
      post(firstRun.webhooks.cdr, {
        call_id: `${session}@e2e`,
        domain: firstRun.domain,
        from,
        to,
        disposition,
        duration: billsec + 3,
        billsec,
        timestamp: Math.floor(Date.now() / 1_000),
        session: { token: session, callStartTime: startedAt, callEndTime: Date.now() },
      }),
  };
};

export type PlayedCall = ReturnType<typeof openCall>;
