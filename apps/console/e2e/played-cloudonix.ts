/** Cloudonix for a test: its REST API at the address that the product under test asks, and calls that do what is asked there. */
import { openFakeCloudonix } from "@switchboard/simulator/cloudonix-api";
import type { TestInfo } from "playwright/test";
import { cloudonixPortOf } from "./cloudonix-port.ts";
import { readFirstRun } from "./platform.ts";

/** Of the demo's domain; to be closed by the test, so that the next finds the port free. */
export const playCloudonix = async ({ config: { metadata } }: TestInfo) => {
  const { domain, tenantKey, webhookToken, webhooks } = await readFirstRun(String(metadata["dataDir"]));
  const { origin: url, port } = new URL(webhooks.voiceApplication);
  const target = { baseUrl: url, publicUrl: url, domain, tenantKey, webhookToken };
  return openFakeCloudonix({ port: cloudonixPortOf(Number(port)), target, domain: { trunks: ["demo-carrier-a", "demo-carrier-b"] } });
};
