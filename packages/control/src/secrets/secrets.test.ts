import { randomBytes } from "node:crypto";
import { tenantId } from "@switchboard/routing/ids";
import { expect, test } from "vitest";
import { callIdOf, newAgentId } from "../ids.ts";
import { readKeyRing } from "./key-ring.ts";
import { seal, unseal } from "./secrets.ts";
import { mintTenantKey, mintToken } from "./tokens.ts";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const place = { tenantId: tenantId("ten_a"), column: "voice_agents.sealed_password", rowId: "agt_a" };

test("a secret opens in its own place and in no other: not another tenant's, row or column", () => {
  const ring = readKeyRing(key("k1"));
  const sealed = seal(ring, place, "grüße 🔑");
  expect(unseal(ring, place, sealed)).toBe("grüße 🔑");
  for (const other of [{ tenantId: tenantId("ten_b") }, { rowId: "agt_b" }, { column: "tenants.sealed_cloudonix_key" }]) {
    expect(() => unseal(ring, { ...place, ...other }, sealed)).toThrow();
  }
});

test("a sealed text that was changed anywhere does not open, nor one cut short", () => {
  const ring = readKeyRing(key("k1"));
  const sealed = seal(ring, place, "secret");
  const body = Buffer.from(sealed.split(".")[2] ?? "", "base64url");
  for (let index = 0; index < body.length; index += 1) {
    const changed = Buffer.from(body);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => unseal(ring, place, `v1.k1.${changed.toString("base64url")}`)).toThrow();
  }
  for (let length = 0; length < body.length; length += 1) {
    expect(() => unseal(ring, place, `v1.k1.${body.subarray(0, length).toString("base64url")}`)).toThrow();
  }
});

test("after a rotation the old key still opens, and the new one seals", () => {
  const [old, fresh] = [key("k1"), key("k2")];
  const sealed = seal(readKeyRing(old), place, "secret");
  const rotated = readKeyRing(`${fresh},${old}`);
  expect(unseal(rotated, place, sealed)).toBe("secret");
  expect(seal(rotated, place, "secret")).toMatch(/^v1\.k2\./);
  expect(() => unseal(readKeyRing(fresh), place, sealed)).toThrow("sealed with the key k1, which SECRET_KEYS does not hold");
});

test("a key ring that can't be used is refused in words", () => {
  for (const text of ["", "k1", "k1:c2hvcnQ=", `:${randomBytes(32).toString("base64")}`, `${key("k1")},${key("k1")}`]) {
    expect(() => readKeyRing(text)).toThrow(/SECRET_KEYS/);
  }
});

test("derived keys differ by purpose and by ring key, and are the same in every process", () => {
  const text = `${key("k1")},${key("k2")}`;
  const derived = readKeyRing(text).derive("jwt");
  expect(derived).toEqual(readKeyRing(text).derive("jwt"));
  expect(derived.map(({ id }) => id)).toEqual(["k1", "k2"]);
  const all = [...derived, ...readKeyRing(text).derive("action-url"), ...readKeyRing(text).keys].map((each) => each.key.toString("hex"));
  expect(new Set(all).size).toBe(6);
});

test("ids have 24 characters and sort by time; a call's id follows from tenant and session alone", () => {
  const ids = Array.from({ length: 1000 }, newAgentId);
  expect(ids.every((id) => /^agt_[0-9a-z]{20}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.map((id) => id.slice(0, 13)).toSorted()).toEqual(ids.map((id) => id.slice(0, 13)));
  const call = callIdOf(tenantId("ten_a"), "session");
  // Stores know calls by it: it may never become another.
  expect(call).toBe("cal_1ufbm5pfi0pjpk31fekg");
  expect(new Set([call, callIdOf(tenantId("ten_b"), "session"), callIdOf(tenantId("ten_a"), "session ")]).size).toBe(3);
  expect(callIdOf(tenantId("ten_a"), "session")).toBe(call);
});

test("tokens carry 256 bits, tenant keys 128", () => {
  expect(Buffer.from(mintToken(), "base64url")).toHaveLength(32);
  expect(Buffer.from(mintTenantKey(), "hex")).toHaveLength(16);
});
