/** Everything that can be asked, by name. */
import { analyticsRouter } from "./procedures/analytics.ts";
import { authRouter } from "./procedures/auth.ts";
import { callRecordsRouter } from "./procedures/call-records.ts";
import { liveRouter } from "./procedures/live.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  auth: authRouter,
  callRecords: callRecordsRouter,
  analytics: analyticsRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
