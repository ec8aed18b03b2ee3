/** Reads the bearer token of a request, and what it hashes to. */
import { hash } from "node:crypto";
import type { Headers } from "./wire-in.ts";

const longestHeader = 1_024;
const mostRemembered = 1_000;

export type Token = { kind: "token"; text: string; hash: Buffer; hashHex: string };
/** Absent, unusable (another scheme, empty, too long), or a text to be checked. */
export type Bearer = { kind: "absent" } | { kind: "unusable" } | Token;

const absent: Bearer = { kind: "absent" };
const unusable: Bearer = { kind: "unusable" };

const readHeader = (header: string): Bearer => {
  const text = /^\s*bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  if (text === undefined) return unusable;
  const hashHex = hash("sha256", text, "hex");
  return { kind: "token", text, hash: Buffer.from(hashHex, "hex"), hashHex };
};

/**
 * The same few tokens come with all calls: what they hash to is worked out once. Nothing is remembered of whether one is good, which is
 * asked at every request.
 */
export const createBearerReader = () => {
  const remembered = new Map<string, Bearer>();

  return ({ authorization: header }: Headers): Bearer => {
    if (header === undefined) return absent;
    if (typeof header !== "string" || header.length > longestHeader) return unusable;
    const known = remembered.get(header);
    if (known) return known;
    // Anybody may send anything.
    if (remembered.size >= mostRemembered) remembered.clear();
    const bearer = readHeader(header);
    remembered.set(header, bearer);
    return bearer;
  };
};
