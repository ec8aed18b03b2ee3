import { expect, test } from "vitest";
import { restoringOf } from "./restoring.ts";

const before = { id: "agt_1", version: 3, name: "Ada", capacity: 2, hasPassword: true };
const updated = { action: "agent.updated", before };

test("what would change is told against how the thing is now, not against what the entry changed", () => {
  const now = { ...before, version: 9, name: "Ada the second", capacity: 2, warnings: [], createdAt: "2026-01-01T00:00:00Z" };
  expect(restoringOf(updated, now)).toEqual({
    kind: "changes",
    changes: [{ name: "name", label: "Name", was: "Ada the second", is: "Ada" }],
    kept: ["the password"],
  });
  expect(restoringOf(updated, { ...before, version: 9 }).kind).toBe("is_so_already");
});

test("a deleted thing comes back by the entry of its deletion only, without its secret", () => {
  expect(restoringOf({ action: "agent.deleted", before }, null)).toMatchObject({ kind: "revives", kept: ["the password"] });
  expect(restoringOf({ action: "agent.deleted", before }, null).changes.map(({ name }) => name)).toEqual(["name", "capacity"]);
  expect(restoringOf(updated, null)).toMatchObject({ kind: "is_gone", changes: [] });
});

test("a secret that is there now stays as it is, and is said to, also where there was none before", () => {
  const bare = { ...before, hasPassword: false };
  expect(restoringOf({ action: "agent.updated", before: bare }, { ...bare, hasPassword: true, name: "B" }).kept).toEqual(["the password"]);
  expect(restoringOf({ action: "agent.updated", before: bare }, { ...bare, name: "B" }).kept).toEqual([]);
});
