/** The bytes of a call's first request, as the platform sends it, with a placeholder where its session stands. */
import { sessionPlaceholder as session } from "./load-job.ts";

export type Called = { path: string; token: string; domain: string; to: string };

const bodyOf = ({ domain, to }: Called) => ({
  ...{ CallSid: session, Session: session, From: "+15550100001", To: to, CallerName: "Ada", Direction: "inbound" },
  ...{ CallStatus: "in-progress", ApiVersion: "1", AccountSid: domain, Domain: domain },
  SessionData: {
    ...{ id: 4711, domainId: 42, token: session, callerId: "+15550100001", destination: to, status: "processing" },
    ...{ callStartTime: 1_767_225_600_000, vappServer: "10.0.0.9", callIds: [`${session}@10.0.0.5`] },
    profile: { "inbound-trunk-id": 7, "inbound-trunk-name": "carrier-a", "trunk-sip-headers": { CID: `${session}@10.0.0.5` } },
  },
});

export const voiceBytes = (called: Called): string => {
  const body = JSON.stringify(bodyOf(called));
  const head = [
    `POST ${called.path} HTTP/1.1`,
    "host: 127.0.0.1",
    `authorization: Bearer ${called.token}`,
    "user-agent: Cloudonix/5.3",
    "accept: */*",
    `x-cx-domain: ${called.domain}`,
    `x-cx-session: ${session}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
};
