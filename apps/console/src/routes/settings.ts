/** `/settings`: the tenant, its connection with Cloudonix, its people, and oneself. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { flagParam, oneOfParam, textParam } from "./search-fields.ts";

const tabs = ["general", "cloudonix", "people", "data", "account"] as const;
export type SettingsTab = (typeof tabs)[number];

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  /** Of the people: `search`, `person`: whose details are open, `new`: somebody is being added. */
  validateSearch: z.object({ tab: oneOfParam(tabs), search: textParam, person: textParam, new: flagParam }),
  component: lazyRouteComponent(() => import("../pages/settings/settings-page.tsx"), "SettingsPage"),
});
