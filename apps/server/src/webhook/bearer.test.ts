import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { createBearerReader } from "./bearer.ts";

const tokenOf = (text: string) => {
  const hashHex = hash("sha256", text);
  return { kind: "token", text, hash: Buffer.from(hashHex, "hex"), hashHex };
};

test("a token is read alike whenever it comes, however many others came meanwhile", () => {
  const read = createBearerReader();
  for (let round = 0; round < 3; round++) {
    for (let token = 0; token < 1_500; token++) {
      expect(read({ authorization: `Bearer t${token}` })).toEqual(tokenOf(`t${token}`));
    }
    expect(read({ authorization: "Bearer t0" })).toEqual(tokenOf("t0"));
    expect(read({ authorization: "bearer  t0 " })).toEqual(tokenOf("t0"));
  }
});

test.each([undefined, "", "Bearer", "Bearer ", "Basic abc", "Bearer a b", ["Bearer a", "Bearer b"], `Bearer ${"a".repeat(1_024)}`])(
  "%j is no token, the second time too",
  (authorization) => {
    const read = createBearerReader();
    const kind = authorization === undefined ? "absent" : "unusable";
    expect([read({ authorization }), read({ authorization })]).toEqual([{ kind }, { kind }]);
  },
);
