/** Holds back the recorder of one partition of the journal for the length of a transaction. */
import type { Connection } from "mariadb";
import type { Database } from "./database.ts";
import { retryTransient } from "./retry-transient.ts";
import { execute, inTransaction, rowsOf } from "./sql.ts";

type Held = Pick<Database, "backgroundPool"> & { partition: number };

/** Nothing of the tenant is recorded meanwhile: the recorder begins each transaction with the same lock. */
export const whileHeld = <Result>(
  { backgroundPool, partition }: Held,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> =>
  retryTransient(() =>
    inTransaction(backgroundPool, async (connection) => {
      const begin =
        "INSERT INTO journal_positions (`partition`, last_id, fence, updated_at) VALUES (?, '0-0', 0, ?) ON DUPLICATE KEY UPDATE fence = fence";
      await execute(connection, begin, [partition, new Date()]);
      await rowsOf(connection, "SELECT fence FROM journal_positions WHERE `partition` = ? FOR UPDATE", [partition]);
      return await work(connection);
    }),
  );
