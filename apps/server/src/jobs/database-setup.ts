/** Brings the database to this version's schema and gives an empty one its demo tenant; waits for a MySQL that is away. */
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type DatabaseSetupDeps = { migrate: () => Promise<void>; seed: () => Promise<void>; logger: Logger };

/** `first` resolves after the first try, whatever became of it; `ready` says whether it has worked by now. */
export const startDatabaseSetup = ({ migrate, seed, logger }: DatabaseSetupDeps): Job & { first: Promise<void>; ready: () => boolean } => {
  let ready = false;
  let tried = () => {};
  const first = new Promise<void>((resolve) => {
    tried = resolve;
  });
  const job = keepTrying("database-setup", 1_000, logger, async () => {
    if (ready) return;
    try {
      await migrate();
      await seed();
      ready = true;
    } finally {
      tried();
    }
  });
  return { ...job, first, ready: () => ready };
};
