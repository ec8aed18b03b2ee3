/** Does something that must not be done twice at once on one database, whatever process and machine it is done on. */
import { ControlError } from "../control-error.ts";
import type { Database } from "./database.ts";
import { rowsOf } from "./sql.ts";

/** Throws ControlError `conflict` when somebody else is at it. */
export async function whileAlone<Result>({ backgroundPool }: Database, name: string, work: () => Promise<Result>): Promise<Result> {
  const connection = await backgroundPool.getConnection();
  const ignore = () => {};
  connection.on("error", ignore);
  try {
    const [lock] = await rowsOf<{ taken: number | null }>(connection, "SELECT GET_LOCK(CONCAT(?, SHA1(DATABASE())), 0) AS taken", [
      `${name}:`,
    ]);
    if (lock?.taken !== 1) throw new ControlError("conflict", `${name} is running already.`);
    return await work();
  } finally {
    // The lock goes with the connection.
    connection.off("error", ignore);
    connection.destroy();
  }
}
