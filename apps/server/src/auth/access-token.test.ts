import { randomBytes } from "node:crypto";
import { readKeyRing } from "@switchboard/control/key-ring";
import { tenantId } from "@switchboard/routing/ids";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { createAccessTokens } from "./access-token.ts";

const secret = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [one, two] = [secret("k1"), secret("k2")];
const keysOf = (ring: string) => readKeyRing(ring).derive("jwt");
const subject = { tenantId: tenantId("ten_1"), sessionId: "ses_1" };
const tokens = createAccessTokens(keysOf(one));

const forge = (change: (token: SignJWT) => SignJWT, key = keysOf(one)[0]?.key ?? new Uint8Array(), header = {}) =>
  change(
    new SignJWT({ tid: "ten_1", sid: "ses_1" })
      .setProtectedHeader({ alg: "HS256", kid: "k1", typ: "JWT", ...header })
      .setIssuer("switchboard")
      .setAudience("switchboard-api")
      .setIssuedAt()
      .setExpirationTime("5 minutes"),
  ).sign(key);

test("a token says whose session it is, also in another process with the same key ring", async () => {
  const token = await tokens.mint(subject);
  expect(await createAccessTokens(keysOf(one)).read(token)).toEqual(subject);
});

test("after a new key came in front, tokens of the old one are good until they expire, and new ones carry the new key", async () => {
  const rotated = createAccessTokens(keysOf(`${two},${one}`));
  expect(await rotated.read(await tokens.mint(subject))).toEqual(subject);
  expect(await tokens.read(await rotated.mint(subject))).toBeNull();
});

test("every forgery is nobody's token", async () => {
  const forged = [
    await forge((token) => token.setExpirationTime("-1 second")),
    await forge((token) => token.setAudience("somebody-else")),
    await forge((token) => token.setIssuer("somebody-else")),
    await forge((token) => token, randomBytes(32)),
    await forge((token) => token, undefined, { kid: "k9" }),
    await forge((token) => token, undefined, { kid: undefined }),
    await forge((token) => token, undefined, { alg: "HS512" }),
    `${Buffer.from('{"alg":"none","kid":"k1"}').toString("base64url")}.${Buffer.from('{"tid":"ten_1","sid":"ses_1"}').toString("base64url")}.`,
    (await tokens.mint(subject)).replace(/\.[^.]*\./, `.${Buffer.from('{"tid":"ten_2","sid":"ses_1"}').toString("base64url")}.`),
    `${await tokens.mint(subject)}x`,
    "",
    "a.b.c",
    "x".repeat(8_192),
  ];
  for (const token of forged) expect(await tokens.read(token), token.slice(0, 60)).toBeNull();
});
