import { describe, expect, test } from "vitest";
import type { CallEvent, CallOutcome } from "./call-event.ts";
import { type Behaviour, type CallPlan, planCall } from "./call-plan.ts";
import type { Door, DoorAnswer, Purpose } from "./door.ts";
import { type Profile, profiles } from "./profiles.ts";
import { simulateCall } from "./simulate-call.ts";
import type { Target } from "./target.ts";
import type { WireRequest } from "./wire/voice-request.ts";

const target: Target = {
  baseUrl: "http://127.0.0.1:9",
  publicUrl: "https://lb.example.net",
  tenantKey: "key",
  webhookToken: "token",
  domain: "demo.example",
};
const fast: Profile = { ...profiles.steady, ringMs: [0, 0], talkMs: [0, 0], ringOutScale: 0 };

const xml = (inside: string): DoorAnswer => ({
  answer: {
    status: 200,
    contentType: "application/xml; charset=utf-8",
    body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`,
  },
  failure: null,
});
const dial = (agent: string, step: number): DoorAnswer =>
  xml(
    `<Dial action="https://lb.example.net/after?s=${step}&amp;t=1" method="POST" timeout="20"><Service provider="vapi">${agent}</Service></Dial>`,
  );
const accepted: DoorAnswer = { answer: { status: 204, contentType: null, body: "" }, failure: null };

type Sent = { purpose: Purpose; request: WireRequest };
const fieldsOf = ({ request }: Sent): Record<string, unknown> => {
  const parsed: unknown = JSON.parse(request.body ?? "null");
  return Object.fromEntries(Object.entries((Array.isArray(parsed) ? parsed[0] : parsed) as object));
};

/** A door whose voice answers come from a script, by the number of the step. */
const scriptedDoor = (script: (step: number, sent: Sent) => DoorAnswer): Door & { sent: Sent[] } => {
  const sent: Sent[] = [];
  return {
    sent,
    async send(purpose, request) {
      sent.push({ purpose, request });
      if (purpose === "session_update" || purpose === "cdr") return accepted;
      const step = purpose === "voice" ? 0 : Number(new URL(request.url).searchParams.get("s"));
      return script(step, { purpose, request });
    },
    async close() {},
  };
};

const plan = (profile: Profile, index = 1): CallPlan =>
  planCall({ seed: "test", startedAt: 1, index, to: ["+15550100001"], outboundTo: ["+15550100099"], profile });

type Played = { outcome: CallOutcome; events: CallEvent[]; door: ReturnType<typeof scriptedDoor> };

async function play(
  script: (step: number, sent: Sent) => DoorAnswer,
  behaviours: Behaviour[] = [],
  given: { profile?: Profile; index?: number } = {},
): Promise<Played> {
  const profile = given.profile ?? fast;
  const door = scriptedDoor(script);
  const events: CallEvent[] = [];
  const answers: Behaviour = { kind: "answers", ringMs: 0, talkMs: 0, callerHangsUp: false };
  const deps = {
    door,
    target,
    profile,
    observe: (event: CallEvent) => events.push(event),
    behave: ({ step }: { step: number }) => behaviours[step - 1] ?? answers,
  };
  return { outcome: await simulateCall(deps, plan(profile, given.index)), events, door };
}

const codes = ({ events }: Played): string[] => events.flatMap((event) => (event.kind === "violation" ? [event.violation.code] : []));

describe("a call is played as Cloudonix would carry it", () => {
  test("busy, then failed, then answered: each result goes to the action of its own dial", async () => {
    const agents = ["a", "b", "c"];
    const played = await play(
      (step) => (step === 3 ? xml("<Hangup/>") : dial(agents[step] ?? "", step + 1)),
      [
        { kind: "busy", ringMs: 0 },
        { kind: "fails", ringMs: 0, word: "congestion" },
      ],
    );
    expect(codes(played)).toEqual([]);
    expect(played.outcome.steps.map(({ destination, result }) => `${destination} ${result}`)).toEqual([
      "vapi:a busy",
      "vapi:b failed",
      "vapi:c completed",
    ]);
    expect(played.outcome).toMatchObject({ answeredBy: "vapi:c", expectedStatus: "completed", disposition: "ANSWER", cdrAccepted: true });
    const asked = played.door.sent.filter(({ purpose }) => purpose === "voice" || purpose === "dial_result");
    expect(asked.map(({ request }) => request.url)).toEqual([
      "http://127.0.0.1:9/api/webhooks/voice-application/key",
      ...[1, 2, 3].map((step) => `http://127.0.0.1:9/after?s=${step}&t=1`),
    ]);
    expect(asked.slice(1).map((sent) => fieldsOf(sent)["DialCallStatus"])).toEqual([
      "busy",
      "congestion",
      expect.stringMatching(/completed|answered/),
    ]);
    for (const sent of asked) {
      expect(fieldsOf(sent)).toMatchObject({
        Session: played.outcome.session,
        To: "+15550100001",
        Domain: "demo.example",
        SessionData: { token: played.outcome.session },
      });
      expect(sent.request.headers).toMatchObject({ authorization: "Bearer token", "x-cx-session": played.outcome.session });
    }
  });

  test("at least ten session updates, each with its own event id, the last with an end; then one CDR", async () => {
    for (const document of [dial("a", 1), xml('<Reject reason="busy"/>')]) {
      const { door, outcome } = await play((step) => (step === 0 ? document : xml("<Hangup/>")));
      const updates = door.sent.filter(({ purpose }) => purpose === "session_update").map(fieldsOf);
      expect(updates.length).toBeGreaterThanOrEqual(10);
      expect(new Set(updates.map(({ eventId }) => eventId)).size).toBe(updates.length);
      expect(updates[0]).toMatchObject({ status: "new", endTime: null });
      expect(updates.at(-1)?.["endTime"]).not.toBeNull();
      const cdrs = door.sent.filter(({ purpose }) => purpose === "cdr").map(fieldsOf);
      expect(cdrs).toHaveLength(1);
      expect(cdrs[0]).toMatchObject({ disposition: outcome.disposition, session: { token: outcome.session }, call_id: outcome.sipCallId });
    }
  });

  test.each<[string, Behaviour[], string, string]>([
    ["every agent busy", [{ kind: "busy", ringMs: 0 }], "BUSY", "busy"],
    ["nobody picks up", [{ kind: "rings_out", ringMs: 0 }], "NOANSWER", "no-answer"],
    ["no result", [{ kind: "no_result", ringMs: 0, word: null }], "FAILED", "failed"],
    ["the caller gives up and the action is told", [{ kind: "caller_cancels", ringMs: 0, tells: true }], "CANCEL", "canceled"],
    ["the caller gives up and nobody is told", [{ kind: "caller_cancels", ringMs: 0, tells: false }], "CANCEL", "canceled"],
  ])("%s: the CDR says so", async (_name, behaviours, disposition, expectedStatus) => {
    const played = await play((step) => (step === 0 ? dial("a", 1) : xml("<Hangup/>")), behaviours);
    expect(codes(played)).toEqual([]);
    expect(played.outcome).toMatchObject({ disposition, expectedStatus, billSeconds: 0, answeredBy: null });
  });

  test("a spoken message answers the call", async () => {
    const played = await play(() => xml("<Say>Sorry.</Say><Hangup/>"));
    expect(played.outcome).toMatchObject({ disposition: "ANSWER", answeredBy: null, steps: [] });
  });
});

describe("what breaks the protocol over a whole call is found", () => {
  test.each<[string, string, (step: number) => DoorAnswer, Behaviour[]]>([
    [
      "an agent dialled twice",
      "agent_dialled_twice",
      (step) => (step < 2 ? dial("a", step + 1) : xml("<Hangup/>")),
      [{ kind: "busy", ringMs: 0 }],
    ],
    ["dialling on after an answered call", "goes_on_after_end", (step) => (step < 2 ? dial(`a${step}`, step + 1) : xml("<Hangup/>")), []],
    [
      "dialling on after the caller has gone",
      "goes_on_after_end",
      (step) => (step < 2 ? dial(`a${step}`, step + 1) : xml("<Hangup/>")),
      [{ kind: "caller_cancels", ringMs: 0, tells: true }],
    ],
    [
      "a call without an end",
      "endless_call",
      (step) => dial(`a${step}`, step + 1),
      Array.from({ length: 60 }, (): Behaviour => ({ kind: "busy", ringMs: 0 })),
    ],
    ["no answer", "no_answer", () => ({ answer: null, failure: "refused" }), []],
    [
      "an answer that is no document",
      "not_well_formed",
      () => ({ answer: { status: 200, contentType: "application/xml; charset=utf-8", body: "oops" }, failure: null }),
      [],
    ],
  ])("%s", async (_name, code, script, behaviours) => {
    const played = await play(script, behaviours);
    expect(codes(played)).toContain(code);
    expect(played.outcome.violations).toBeGreaterThan(0);
    expect(played.events.at(-1)?.kind).toBe("ended");
  });

  test("a repeat that is answered otherwise", async () => {
    const profile: Profile = { ...fast, disorder: { ...fast.disorder, repeatedSteps: 1 } };
    let times = 0;
    const played = await play(() => xml(`<Say>${(times += 1)}</Say>`), [], { profile });
    expect(codes(played)).toEqual(["repeat_differs"]);
  });
});

describe("disorder is played", () => {
  test("over many calls: queries, forms, repeats, wrapped updates, and CDRs that only a SIP Call-ID names", async () => {
    const profile: Profile = {
      ...profiles.chaos,
      ringMs: [0, 0],
      talkMs: [0, 0],
      ringOutScale: 0,
      disorder: { ...profiles.chaos.disorder, lateMs: [0, 5] },
    };
    const sent: Sent[] = [];
    const calls = Array.from({ length: 80 }, async (_none, index) => {
      const played = await play((step) => (step === 0 ? dial("a", 1) : xml("<Hangup/>")), [], { profile, index });
      expect(codes(played)).toEqual([]);
      sent.push(...played.door.sent);
    });
    await Promise.all(calls);
    const voice = sent.filter(({ purpose }) => purpose === "voice");
    expect(voice.length).toBeGreaterThan(80);
    expect(voice.some(({ request }) => request.method === "GET")).toBe(true);
    expect(voice.some(({ request }) => request.headers["content-type"] === "application/x-www-form-urlencoded")).toBe(true);
    expect(sent.some(({ purpose, request }) => purpose === "session_update" && request.body?.startsWith("["))).toBe(true);
    const cdrs = sent.filter(({ purpose }) => purpose === "cdr");
    expect(cdrs.length).toBeGreaterThan(80);
    expect(cdrs.some((cdr) => fieldsOf(cdr)["session"] === undefined)).toBe(true);
  });

  test("the same seed plays the same calls, another one others", () => {
    const facts = ({ from, to, encoding, callerName }: CallPlan) => ({ from, to, encoding, callerName });
    const of = (seed: string) =>
      Array.from({ length: 50 }, (_none, index) =>
        facts(planCall({ seed, startedAt: index, index, to: ["+1", "+2"], outboundTo: ["+3"], profile: profiles.chaos })),
      );
    expect(of("one")).toEqual(of("one"));
    expect(of("one")).not.toEqual(of("two"));
  });
});
