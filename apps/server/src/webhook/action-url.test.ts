import { agentId, callId, groupId, tenantId } from "@switchboard/routing/ids";
import { describe, expect, test } from "vitest";
import { createActionSigner, type DialStep } from "./action-url.ts";

const key = (id: string, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) });
const dial: DialStep = {
  tenantId: tenantId("ten_00000000000000000001"),
  callId: callId("cal_00000000000000000001"),
  step: 2,
  ruleId: null,
  link: 1,
  targetId: groupId("grp_00000000000000000001"),
  agentId: agentId("agt_00000000000000000001"),
  trunk: null,
  attempts: 1,
  targetStartedAt: 1_700_000_000_000,
  tried: [agentId("agt_00000000000000000001")],
  unknowns: 0,
  reason: "matched",
  expiresAt: 1_800_000_000_000,
  naming: null,
  test: false,
};

describe("a signed step", () => {
  const signer = createActionSigner([key("k1", 1)]);
  const signed = signer.sign(dial);

  test("comes back as it was, until it expires", () => {
    expect(signer.verify(signed, dial.expiresAt)).toEqual(dial);
    expect(signer.verify(signed, dial.expiresAt + 1)).toBeNull();
  });

  test("is refused with any one character changed", () => {
    for (let at = 0; at < signed.length; at++) {
      const changed = `${signed.slice(0, at)}${signed[at] === "A" ? "B" : "A"}${signed.slice(at + 1)}`;
      // The last character of base64url holds spare bits: the same bytes may be spelled in more than one way.
      if (at === signed.length - 1 || signed[at] === ".") continue;
      expect(signer.verify(changed, 0), `character ${at}`).toBeNull();
    }
  });

  test("is refused when another key ring signed it, and read when the key has only moved back in the ring", () => {
    expect(createActionSigner([key("k1", 2)]).verify(signed, 0)).toBeNull();
    expect(createActionSigner([key("k2", 2), key("k1", 1)]).verify(signed, 0)).toEqual(dial);
  });

  test("is safe in a query and refuses what is no token at all", () => {
    expect(signed).toMatch(/^[A-Za-z0-9_.-]+$/);
    for (const text of ["", ".", "..", "k1..", "k1.e30.", `k1.${"A".repeat(100_000)}.AAAA`]) expect(signer.verify(text, 0)).toBeNull();
  });
});
