/** Shows a request and its answer to a person, without the secrets in them. */
import type { DoorAnswer, Purpose } from "./door.ts";
import type { Target } from "./target.ts";
import type { WireRequest } from "./wire/voice-request.ts";

export type Exchange = { purpose: Purpose; request: WireRequest; answer: DoorAnswer };

const hiddenHeaders = new Set(["authorization", "x-cx-apikey"]);

/** The query of an action URL is its signature and what it signs. */
const maskUrls = (text: string): string => text.replace(/(https?:\/\/[^\s"<>?]+)\?[^\s"<>]*/g, "$1?•••");
const maskCredentials = (text: string): string => text.replace(/\b(username|password)=("[^"]*"|'[^']*')/g, '$1="•••"');

export function maskExchange({ purpose, request, answer }: Exchange, target: Target): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${hiddenHeaders.has(name) ? "•••" : value}`);
  const said =
    answer.answer === null
      ? `(no answer: ${answer.failure})`
      : [`${answer.answer.status} ${answer.answer.contentType ?? "(no content type)"}`, maskCredentials(answer.answer.body)].join("\n");
  const lines = [`${purpose}: ${request.method} ${request.url}`, ...headers, "", request.body ?? "", "---", said].join("\n");
  return maskUrls(lines).replaceAll(target.webhookToken, "•••").replaceAll(target.tenantKey, "•••");
}
