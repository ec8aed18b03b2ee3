/** Speaks to the door as the platform does: voice requests, dial results, updates, CDRs; reads the CXML with a real parser. */
import { randomBytes } from "node:crypto";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { FastifyInstance } from "fastify";
import type { TestTenant } from "./test-server.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

export type Document = {
  /** The verb's name: Dial, Reject, Hangup, Say. */
  verb: string;
  provider: string | null;
  /** What is dialled: a Service's, Number's or Sip's text. */
  dialled: string | null;
  attributes: Record<string, string>;
  service: Record<string, string>;
  action: string | null;
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;
const attributesOf = (node: unknown): Record<string, string> =>
  isNode(node)
    ? Object.fromEntries(Object.entries(node).flatMap(([name, value]) => (name.startsWith("@") ? [[name.slice(1), String(value)]] : [])))
    : {};
const textOf = (node: unknown): string | null => (isNode(node) ? textOf(node["#text"]) : typeof node === "string" ? node : null);

/** Throws when it is no XML, or no Response. */
export const readDocument = (xml: string): Document => {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`not XML: ${xml}`);
  const response = parser.parse(xml).Response;
  if (response === undefined) throw new Error(`no Response: ${xml}`);
  const verb = Object.keys(response).find((name) => !name.startsWith("@") && name !== "#text") ?? "";
  const node: unknown = response[verb];
  const noun = isNode(node) ? (node.Service ?? node.Number ?? node.Sip) : undefined;
  const attributes = attributesOf(node);
  const service = isNode(node) ? attributesOf(node.Service) : {};
  return { verb, provider: service.provider ?? null, dialled: textOf(noun), attributes, service, action: attributes.action ?? null };
};

export const newSession = () => randomBytes(16).toString("hex");

export type Reply = { status: number; body: string; contentType: string; document: Document };

const voiceReply = (response: { statusCode: number; body: string; headers: Record<string, unknown> }): Reply => ({
  status: response.statusCode,
  body: response.body,
  contentType: String(response.headers["content-type"]),
  document: readDocument(response.body),
});

type Fields = Record<string, unknown>;

export const openDoor = (app: FastifyInstance, tenant: TestTenant) => {
  const headers = { authorization: `Bearer ${tenant.webhookToken}`, "content-type": "application/json" };
  const post = async (url: string, payload: unknown, more: Record<string, string> = {}) =>
    app.inject({ method: "POST", url, headers: { ...headers, ...more }, payload: JSON.stringify(payload) });
  const voiceBody = (fields: Fields): Fields => ({
    From: "+14155550100",
    To: "+15550100001",
    Direction: "inbound",
    CallStatus: "in-progress",
    Domain: tenant.domain,
    ...fields,
  });

  return {
    /** A call's first request. */
    ring: async (fields: Fields & { Session: string }): Promise<Reply> =>
      voiceReply(await post(`/api/webhooks/voice-application/${tenant.tenantKey}`, voiceBody(fields))),
    /** The result of the dial that `document` asked for. */
    report: async (document: Document, fields: Fields & { Session: string; DialCallStatus?: string }): Promise<Reply> => {
      const { pathname, search } = new URL(document.action ?? "missing:");
      return voiceReply(await post(pathname + search, voiceBody(fields)));
    },
    update: async (fields: Fields): Promise<number> =>
      (await post(`/api/webhooks/session-update/${tenant.tenantKey}`, { domain: tenant.domain, ...fields })).statusCode,
    cdr: async (fields: Fields): Promise<number> =>
      (await post(`/api/webhooks/cdr/${tenant.tenantKey}`, { domain: tenant.domain, ...fields })).statusCode,
    post,
  };
};
