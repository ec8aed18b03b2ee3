/** A process that writes one export and ends: what an export costs, no call waits for. */
import { isOutage } from "@switchboard/control/database-outage";
import { createExportPool } from "@switchboard/control/export-pool";
import { errorFacts } from "../error-facts.ts";
import { openExportStorage } from "./export-storage.ts";
import type { ExportOrder, ExportTold, FromExport, ToExport } from "./in-process.ts";
import { writeExport } from "./write-export.ts";

const stopping = new AbortController();

const work = async ({ databaseUrl, place, name, fence }: ExportOrder): Promise<ExportTold> => {
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

const tell = (said: FromExport["said"]) => process.send?.({ said } satisfies FromExport, undefined, undefined, () => process.exit(0));

// Ctrl-C at a terminal reaches the whole group: the server says when to stop.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
// Nobody is left to tell: as after a crash, somebody else goes on from what is safe.
process.on("disconnect", () => process.exit(1));
process.on("message", (said: ToExport) => {
  if (said === "stop") return stopping.abort();
  work(said.order).then(
    (end) => tell({ end }),
    (error: unknown) => {
      const { type, message } = errorFacts(error);
      tell({ failed: `${type}: ${message}` });
    },
  );
});
