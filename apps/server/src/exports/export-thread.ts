/** A thread that writes one export and ends: what an export costs, no call waits for. */
import { parentPort, workerData } from "node:worker_threads";
import { isOutage } from "@switchboard/control/database-outage";
import { createExportPool } from "@switchboard/control/export-pool";
import { errorFacts } from "../error-facts.ts";
import { openExportStorage } from "./export-storage.ts";
import type { ThreadOrder, ThreadTold } from "./in-thread.ts";
import { writeExport } from "./write-export.ts";

const work = async ({ databaseUrl, place, name, fence }: ThreadOrder): Promise<ThreadTold> => {
  const stopping = new AbortController();
  parentPort?.once("message", () => stopping.abort());
  const pool = createExportPool(databaseUrl);
  try {
    const deps = { target: pool, storage: await openExportStorage(place), now: () => Date.now(), isOutage };
    const end = await writeExport(deps, name, fence, stopping.signal);
    return "cause" in end ? { ...end, cause: errorFacts(end.cause) } : end;
  } catch (error) {
    if (isOutage(error)) return { kind: "interrupted", cause: errorFacts(error) };
    throw error;
  }
};

const order: ThreadOrder = workerData;
parentPort?.postMessage(await work(order), []);
process.exit(0);
