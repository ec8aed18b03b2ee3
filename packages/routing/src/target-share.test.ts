/** Which part of a group's calls each member should get, and that in words. */
import { describe, expect, test } from "vitest";
import { agentId } from "./ids.ts";
import type { MemberStanding } from "./member-standing.ts";
import type { Strategy } from "./plan-source.ts";
import { type ShareMember, targetShares } from "./target-share.ts";

const nowMs = 1_800_000_000_000;

let made = 0;
const member = (standing: Partial<MemberStanding> = {}, more: Partial<Omit<ShareMember, "standing">> = {}): ShareMember => ({
  ...{ priority: 1, weight: 1 },
  ...more,
  standing: {
    agentId: agentId(`agt_${(made += 1)}`),
    ...{ agentCapacity: null, memberCapacity: null, enabled: true, agentActive: 0, memberActive: 0 },
    ...{ health: "healthy", since: 0, ejectedUntil: 0, callsInWindow: 0, startCredit: 0 },
    ...standing,
  },
});

const sharesOf = (strategy: Strategy, members: ShareMember[], more: { isShared?: boolean; capacity?: number | null } = {}) =>
  targetShares(
    { strategy, windowHours: 24, members, isShared: more.isShared ?? false },
    { tenant: { capacity: more.capacity ?? null, active: 0 }, nowMs },
  );

const ejected: Partial<MemberStanding> = { health: "ejected", since: nowMs - 1_000, ejectedUntil: nowMs + 29_000 };

describe.each(["round_robin", "load_balanced"] as const)("%s", (strategy) => {
  test("parts follow the weights of those who are eligible; who isn't should get none", () => {
    const members = [
      member({}, { weight: 5 }),
      member({}, { weight: 1 }),
      member(ejected),
      member({ enabled: false }),
      member({ agentCapacity: 0 }),
    ];
    expect(sharesOf(strategy, members).shares).toEqual([5 / 6, 1 / 6, 0, 0, 0]);
  });

  test("a member who is full now keeps its part: that it catches up is the strategy's business", () => {
    const members = [member({ agentCapacity: 1, agentActive: 1 }), member()];
    expect(sharesOf(strategy, members)).toMatchObject({ shares: [0.5, 0.5], whys: ["at its capacity: 1 of 1 calls", null] });
  });

  test("of two who are ejected the one who has been longer is passed over, as the claim does", () => {
    const members = [member(ejected), member({ ...ejected, since: nowMs - 2_000 })];
    expect(sharesOf(strategy, members)).toMatchObject({ shares: [1, 0], whys: [null, "ejected for 29 s more"] });
  });

  test.each([[[]], [[member({ enabled: false }), member({ memberCapacity: 0 })]]])(
    "where nobody can be chosen there is no part: %#",
    (members) => {
      const { shares, words } = sharesOf(strategy, members);
      expect(shares).toEqual(members.map(() => null));
      expect(words).toContain("calls go to the fallback");
    },
  );
});

test("the words of a rotation say whether weights differ", () => {
  expect(sharesOf("round_robin", [member(), member()]).words).toBe("Calls rotate in equal parts.");
  expect(sharesOf("round_robin", [member(), member({}, { weight: 2 })]).words).toBe("Calls rotate by weight.");
});

test("where load is balanced it is said that calls got by other ways count too", () => {
  expect(sharesOf("load_balanced", [member()]).words).toBe("Calls of the last 24 h are levelled in equal parts.");
  expect(sharesOf("load_balanced", [member()], { isShared: true }).words).toContain("by other ways");
});

describe("priority", () => {
  const tiers = (standing: Partial<MemberStanding> = {}) => [
    member(standing, { priority: 1 }),
    member({}, { priority: 5, weight: 3 }),
    member({}, { priority: 5 }),
  ];

  test("the first tier that has anybody available takes all", () => {
    expect(sharesOf("priority", tiers())).toMatchObject({ shares: [1, 0, 0], words: "Priority 1 takes every call." });
  });

  test.each([
    { what: "full", standing: { agentCapacity: 2, agentActive: 2 } },
    { what: "ejected", standing: ejected },
  ])("while it is $what the next one does, by weight", ({ standing }) => {
    expect(sharesOf("priority", tiers(standing))).toMatchObject({
      shares: [0, 0.75, 0.25],
      words: "Priority 1 can’t take calls at present: priority 5 takes every call, shared by weight.",
    });
  });

  test("while the tenant is full nobody should get any", () => {
    expect(sharesOf("priority", tiers(), { capacity: 0 })).toMatchObject({ shares: [null, null, null] });
  });
});
