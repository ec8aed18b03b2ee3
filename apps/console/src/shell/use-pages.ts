/** The pages that this person is offered. */
import { useIsAdmin } from "../session/use-role.ts";
import { type Page, pages } from "./pages.ts";

/** The server refuses others; what is not for them is not shown to them. */
const forAdmins: ReadonlySet<Page["to"]> = new Set(["/audit"]);
const forEverybody = pages.filter(({ to }) => !forAdmins.has(to));

export const usePages = (): readonly Page[] => (useIsAdmin() ? pages : forEverybody);
