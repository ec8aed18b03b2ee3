/** What every page stands in. */
import { createRootRoute } from "@tanstack/react-router";
import { Shell } from "../shell/shell.tsx";
import { UnknownPage } from "../shell/unknown-page.tsx";

export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: UnknownPage });
