/** Cloudonix's REST API for tests in which it plays no calls: each test has a domain of its own there. */
import { openFakeCloudonix } from "@switchboard/simulator/cloudonix-api";

const nobody = {
  baseUrl: "http://127.0.0.1:9",
  publicUrl: "http://127.0.0.1:9",
  tenantKey: "x",
  webhookToken: "x",
  domain: "nobody.example",
};

export const openPlatformWithoutCalls = () => openFakeCloudonix({ target: nobody });
