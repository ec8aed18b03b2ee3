/** Which tests exist and what they stand on: one MariaDB and one Redis for the whole run, real ones. */
import { defineConfig } from "vitest/config";

const typescriptTests = (folder: string): string[] => [`${folder}/**/*.test.ts`, `${folder}/**/*.test.tsx`];
/** Nets for a machine that is short of everything; how long something takes is for the benchmarks to say. */
const nets = { testTimeout: 240_000, hookTimeout: 120_000 } as const;
const shared = { environment: "node", pool: "forks", ...nets } as const;

export default defineConfig({
  test: {
    globalSetup: ["./tests/global-setup.ts"],
    maxWorkers: 2,
    reporters: ["default"],
    projects: [
      { test: { ...shared, name: "packages", include: typescriptTests("packages/*/src") } },
      { test: { ...shared, name: "apps", include: [...typescriptTests("apps/*/src"), ...typescriptTests("apps/*/test")] } },
      // After the others and one file at a time: these start whole products and hold them to seconds.
      {
        test: {
          ...shared,
          name: "system",
          include: ["tests/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
