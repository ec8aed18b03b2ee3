import type { Answer } from "@switchboard/cloudonix/answer";
import type { DomainClient } from "@switchboard/cloudonix/domain-client";
import type { PlatformTrunk } from "@switchboard/cloudonix/shapes";
import { tenantId } from "@switchboard/routing/ids";
import { expect, test } from "vitest";
import { createReadTrunks } from "./trunks.ts";

const trunk: PlatformTrunk = {
  ...{ id: 7, name: "carrier-a", ip: "192.0.2.1", port: "5060", transport: "udp", direction: "public-outbound", prefix: "99#" },
  ...{ metric: 0, isActive: true },
};

test("trunks are asked for once a minute; while Cloudonix fails the last ones stay, with their age and why", async () => {
  let now = 1_700_000_000_000;
  let asked = 0;
  let answer: Answer<PlatformTrunk[]> = { ok: true, value: [trunk] };
  let domain = "acme.example";
  const trunks = async () => {
    asked += 1;
    return answer;
  };
  const read = createReadTrunks(
    async () => ({ domain, aliases: [], client: { trunks } as unknown as DomainClient }),
    () => now,
  );
  const tenant = tenantId("ten_1");
  const shown = { id: "7", name: "carrier-a", direction: "public-outbound", isActive: true, transport: "udp", address: "192.0.2.1:5060" };
  const readAt = "2023-11-14T22:13:20.000Z";
  const told = { items: [shown], nextCursor: null, readAt, failure: null };
  expect(await Promise.all([read(tenant), read(tenant)])).toEqual([told, told]);
  now += 59_000;
  await read(tenant);
  expect(asked).toBe(1);

  now += 2_000;
  answer = { ok: false, failure: { kind: "timeout", afterMs: 2_000 } };
  for (let n = 0; n < 3; n += 1)
    expect(await read(tenant)).toEqual({ items: [shown], nextCursor: null, readAt, failure: expect.stringMatching(/did not answer/) });
  expect(asked).toBe(2);

  domain = "other.example";
  expect(await read(tenant)).toMatchObject({ items: [], readAt: null, failure: expect.stringMatching(/did not answer/) });
  now += 11_000;
  answer = { ok: true, value: [] };
  expect(await read(tenant)).toMatchObject({ items: [], failure: null });
});
