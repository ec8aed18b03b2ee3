/** Sends a case over a real connection, byte by byte as it says, and takes the answer as soon as it comes. */
import { type Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "../cxml/check-answer.ts";
import type { BadCase } from "./case.ts";

/** `waitedMs`: from when all was sent, or the head when the answer did not wait for the body. */
export type CaseAnswer = Answer & { waitedMs: number };

const timeoutMs = 10_000;

/** Header names and values in turn, so that a name can come twice. */
const headersOf = ({ headers, body, method }: BadCase, host: string): string[] => {
  const length = body.kind === "bytes" ? body.bytes.length : body.kind === "declared" ? body.length : null;
  const framing =
    length === null ? ["transfer-encoding", "chunked"] : length === 0 && method !== "POST" ? [] : ["content-length", String(length)];
  return [...headers.flat(), "host", host, ...framing];
};

async function write(sending: ClientRequest, { body }: BadCase, answered: () => boolean): Promise<void> {
  if (body.kind === "bytes") {
    sending.end(body.bytes);
    return;
  }
  if (body.kind === "declared") {
    sending.write(body.start);
    return;
  }
  for (const piece of body.pieces()) {
    if (answered()) return;
    sending.write(piece);
    // Gives the answer a chance to come in between.
    await wait(body.pauseMs);
  }
  sending.end();
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers["content-type"] ?? null,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

export function sendCase(baseUrl: string, given: BadCase, agent?: Agent): Promise<CaseAnswer> {
  const { hostname, port, host } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    let answered = false;
    let sentAt = performance.now();
    const sending = request({
      hostname,
      port,
      method: given.method,
      path: given.path,
      headers: headersOf(given, host),
      timeout: timeoutMs,
      ...(agent === undefined ? {} : { agent }),
    });
    sending.on("response", (response) => {
      answered = true;
      const waitedMs = performance.now() - sentAt;
      readAnswer(response).then((answer) => {
        // What has not been sent never will be.
        if (!sending.writableEnded) sending.destroy();
        resolve({ ...answer, waitedMs });
      }, reject);
    });
    sending.on("timeout", () => sending.destroy(new Error(`${given.name}: no answer in ${timeoutMs} ms`)));
    sending.on("error", (error) => {
      if (!answered) reject(new Error(`${given.name}: ${error.message}`));
    });
    write(sending, given, () => answered).then(() => {
      if (!answered) sentAt = performance.now();
    }, reject);
  });
}
