/** Speaks to a server process as the platform does, over HTTP; what got no answer is told apart from what was refused. */
import { Pool } from "undici";
import { type Document, readDocument } from "../call.ts";

export type Answer = { status: number; body: string; ms: number };
/** Null: the connection broke, so that nobody knows what became of the request. */
export type Sent = Answer | null;

export type Tenant = { tenantKey: string; webhookToken: string; domain: string };
type Fields = Record<string, unknown>;

const longestAnswerMs = 20_000;

export const openPlatform = (url: string, tenant: Tenant) => {
  const pool = new Pool(url, { connections: 256, pipelining: 1, connect: { timeout: 5_000 } });
  const headers = { authorization: `Bearer ${tenant.webhookToken}`, "content-type": "application/json" };

  const post = async (path: string, body: Fields): Promise<Sent> => {
    const sentAt = performance.now();
    try {
      const signal = AbortSignal.timeout(longestAnswerMs);
      const reply = await pool.request({ method: "POST", path, headers, body: JSON.stringify(body), signal });
      const text = await reply.body.text();
      return { status: reply.statusCode, body: text, ms: performance.now() - sentAt };
    } catch {
      return null;
    }
  };
  const voice = (fields: Fields): Fields => ({
    From: "+14155550100",
    To: "+15550100001",
    Direction: "inbound",
    Domain: tenant.domain,
    ...fields,
  });

  return {
    /** A call's first request. */
    ring: (session: string, more: Fields = {}): Promise<Sent> =>
      post(`/api/webhooks/voice-application/${tenant.tenantKey}`, voice({ Session: session, ...more })),
    dialResult: (session: string, action: string, DialCallStatus: string, more: Fields = {}): Promise<Sent> => {
      const { pathname, search } = new URL(action);
      return post(pathname + search, voice({ Session: session, DialCallStatus, ...more }));
    },
    update: (session: string, fields: Fields): Promise<Sent> =>
      post(`/api/webhooks/session-update/${tenant.tenantKey}`, { domain: tenant.domain, token: session, ...fields }),
    cdr: (fields: Fields): Promise<Sent> => post(`/api/webhooks/cdr/${tenant.tenantKey}`, { domain: tenant.domain, ...fields }),
    close: () => pool.destroy(),
  };
};

export type Platform = ReturnType<typeof openPlatform>;

/** What a voice answer dials; throws when the answer is not the platform's CXML. */
export const dialOf = ({ body }: Answer): Document => readDocument(body);
