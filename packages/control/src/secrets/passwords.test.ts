import { expect, test } from "vitest";
import { createPasswords, refuseWeakPassword } from "./passwords.ts";

test("passwords are hashed with argon2id, 19 MiB, two passes, one lane", async () => {
  expect(await createPasswords().hash("correct horse battery")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("the right password matches, also when typed in another form of Unicode; a wrong one does not", async () => {
  const passwords = createPasswords();
  const hashed = await passwords.hash("caf\u00e9 au lait, dark");
  expect(await passwords.matches(hashed, "cafe\u0301 au lait, dark")).toBe(true);
  expect(await passwords.matches(hashed, "cafe au lait, dark")).toBe(false);
});

test("a person who does not exist costs as much time as a wrong password, and never matches", async () => {
  const passwords = createPasswords();
  const hashed = await passwords.hash("correct horse battery");
  const timeOf = async (against: string | null) => {
    const began = performance.now();
    for (let tries = 0; tries < 5; tries += 1) expect(await passwords.matches(against, "wrong horse battery")).toBe(false);
    return performance.now() - began;
  };
  await timeOf(null);
  const [unknown, known] = [await timeOf(null), await timeOf(hashed)];
  expect(unknown / known).toBeGreaterThan(0.3);
  expect(await passwords.matches(null, "nobody has this password")).toBe(false);
});

test("no more than two are hashed at once, and every one of a flood gets its turn", async () => {
  const passwords = createPasswords();
  const hashed = await passwords.hash("correct horse battery");
  const results = await Promise.all(
    Array.from({ length: 12 }, (_, index) => passwords.matches(hashed, index % 2 === 0 ? "correct horse battery" : "wrong")),
  );
  expect(results.filter(Boolean)).toHaveLength(6);
});

test("short, endless, common and monotonous passwords are refused in words", () => {
  for (const weak of ["short", "x".repeat(201), "Password1234", "aaaaaaaaaaaaaaaa", "abababababababab"])
    expect(() => refuseWeakPassword(weak)).toThrow(/password/);
  expect(() => refuseWeakPassword("correct horse battery")).not.toThrow();
});
