/** Test calls and the tokens that open the door for them. */
import type { Server } from "node:http";
import { callIdOf } from "@switchboard/control/ids";
import type { KeyRing } from "@switchboard/control/key-ring";
import type { Engine } from "./compose-engine.ts";
import type { Logger } from "./logger.ts";
import { ownAddressOf } from "./own-address.ts";
import type { PlanService } from "./plans/plan-service.ts";
import { createTestCalls } from "./test-calls/test-calls.ts";
import { createTestTokens } from "./webhook/test-token.ts";

export type TestCallParts = {
  keyRing: KeyRing;
  plans: PlanService;
  engine: Engine;
  /** Built later than this. */
  server: () => Server;
  now: () => number;
  logger: Logger;
};

export const composeTestCalls = ({ keyRing, plans, engine, server, now, logger }: TestCallParts) => {
  const tokens = createTestTokens(keyRing.derive("test-call"), (id) => keyRing.deriveOf("test-call", id));
  const { byId: entryOf } = plans.tenants;
  const ownAddress = () => ownAddressOf(server());
  return { tokens, ...createTestCalls({ tokens, entryOf, callIdOf, ownAddress, accept: engine.decider.accept, now, logger }) };
};
