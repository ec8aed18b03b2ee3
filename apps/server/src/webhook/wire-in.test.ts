import { describe, expect, test } from "vitest";
import { readBody, readQuery } from "./body.ts";
import { readTime } from "./text.ts";
import { readCdr, readSessionUpdate, readVoiceRequest } from "./wire-in.ts";

const voice = (body: unknown, headers = {}) => {
  const read = readVoiceRequest(body, headers);
  if (!read.ok) throw new Error(read.problem);
  return read.request;
};

describe("a voice request", () => {
  test("is identified by Session, else the session data's token, else X-CX-Session, else CallSid", () => {
    const all = { Session: "a", SessionData: { token: "b" }, CallSid: "d", To: "+1" };
    expect(voice(all, { "x-cx-session": "c" }).session).toBe("a");
    expect(voice({ ...all, Session: "" }, { "x-cx-session": "c" }).session).toBe("b");
    expect(voice({ ...all, Session: null, SessionData: "text" }, { "x-cx-session": "c" }).session).toBe("c");
    expect(voice({ CallSid: "d", To: "+1" }).session).toBe("d");
    expect(readVoiceRequest({ To: "+1" }, {})).toEqual({ ok: false, problem: "no_session" });
  });

  test("reads numbers as text and a missing, empty or nested From as an anonymous caller", () => {
    expect(voice({ Session: 42, To: 14155550123 })).toMatchObject({ session: "42", to: "14155550123", from: "anonymous" });
    for (const From of ["", null, {}, [], undefined]) expect(voice({ Session: "s", To: "+1", From }).from).toBe("anonymous");
  });

  test("drops characters that XML can't hold and cuts long texts", () => {
    const read = voice({ Session: "s\u0000\ud800", To: `+1${"5".repeat(10_000)}`, From: "\u0007Ada 😀" });
    expect(read).toMatchObject({ session: "s", from: "Ada 😀" });
    expect(read.to).toHaveLength(255);
  });

  test("only a subscriber's call is outbound, whatever the case", () => {
    for (const [Direction, direction] of Object.entries({
      subscriber: "outbound",
      SUBSCRIBER: "outbound",
      inbound: "inbound",
      "outbound-api": "inbound",
      new: "inbound",
    })) {
      expect(voice({ Session: "s", To: "+1", Direction }).direction).toBe(direction);
    }
  });

  test("prefers DialCallStatus to CallStatus", () => {
    expect(voice({ Session: "s", To: "+1", CallStatus: "in-progress", DialCallStatus: "noanswer" }).dialWord).toBe("noanswer");
    expect(voice({ Session: "s", To: "+1", CallStatus: "busy" }).dialWord).toBe("busy");
  });

  test("takes the first domain named: Domain, AccountSid, X-CX-Domain", () => {
    expect(voice({ Session: "s", To: "+1", AccountSid: "b.example" }, { "x-cx-domain": "c.example" }).domain).toBe("b.example");
    expect(voice({ Session: "s", To: "+1" }, { "x-cx-domain": "c.example" }).domain).toBe("c.example");
    expect(voice({ Session: "s", To: "+1" }).domain).toBeNull();
  });
});

describe("bodies", () => {
  test("keep the last of a repeated name and leave a field called __proto__ without effect", () => {
    expect(voice(readBody("json", '{"Session":"a","Session":"b","To":"+1","__proto__":{"To":"evil"}}'))).toMatchObject({
      session: "b",
      to: "+1",
    });
    expect(voice(readBody("form", "Session=a&Session=b&To=%2B1&__proto__=x"))).toMatchObject({ session: "b", to: "+1" });
    expect(voice(readQuery("/x?Session=a&Session=b&To=%2B1&constructor=x")).session).toBe("b");
  });

  test("that can't be read are undefined, never thrown", () => {
    for (const text of ["", "{", "[".repeat(10_000), "nul", "\u0000"]) expect(readBody("json", text)).toBeUndefined();
    expect(readBody("json", "\ufeff{}")).toEqual({});
  });
});

describe("session updates and CDRs", () => {
  test("go by other names when no token is there, and by none at all are refused", () => {
    const update = readSessionUpdate({ id: 9844644, status: "ringing", callIds: ["x@y", "x@y"] }, {});
    expect(update).toMatchObject({ ok: true, update: { session: null, sipCallIds: ["x@y", "id:9844644"] } });
    expect(readCdr({ call_id: "x@y", disposition: null }, {})).toMatchObject({ ok: true, cdr: { session: null, sipCallIds: ["x@y"] } });
    expect(readCdr({ call_id: "" }, {})).toEqual({ ok: false, problem: "no_identity" });
    expect(readSessionUpdate({ status: "ringing" }, {})).toEqual({ ok: false, problem: "no_identity" });
  });

  test("a CDR's session may be missing, null or a text; billsec 0 stays 0", () => {
    for (const session of [undefined, null, "tok"]) {
      const read = readCdr({ call_id: "x@y", session, billsec: 0, duration: 42 }, {});
      expect(read).toMatchObject({ ok: true, cdr: { session: session ?? null, billSeconds: 0 } });
    }
  });

  test("times are read from milliseconds, seconds and ISO texts; absurd ones are none", () => {
    expect(readTime(1_705_312_200_000)).toBe(1_705_312_200_000);
    expect(readTime(1_640_995_200)).toBe(1_640_995_200_000);
    expect(readTime("2024-01-15T10:30:00Z")).toBe(1_705_314_600_000);
    for (const absurd of [0, -1, 1e400, "0001-01-01", "9999-12-31T00:00:00Z", {}, null, "soon"]) expect(readTime(absurd)).toBeNull();
  });
});
