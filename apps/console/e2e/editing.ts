/** What the tests of forms have in common: names of their own, messages, a save that fails once, a second person. */
import type { Browser, Page } from "playwright/test";
import { signIn } from "./sign-in.ts";

export const unique = (name: string): string => `${name} ${crypto.randomUUID().slice(0, 8)}`;
export const toast = (page: Page, text: string) => page.locator("[role=dialog], [role=alertdialog]").filter({ hasText: text });
export const save = (page: Page) => page.getByRole("button", { name: "Save" });

/** The next request for `procedure`, and what is asked together with it, finds the database away. */
export const failOnce = (page: Page, procedure: string) =>
  page.route(
    new RegExp(`/trpc/[^?]*${procedure.replace(".", "\\.")}\\b`),
    (route) => {
      const asked = new URL(route.request().url()).pathname.split(",");
      const error = {
        message: "The database can’t be reached. Try again in a moment.",
        code: -32603,
        data: { code: "SERVICE_UNAVAILABLE", requestId: "req_test" },
      };
      return route.fulfill({ status: 503, json: asked.map(() => ({ error })) });
    },
    { times: 1 },
  );

export const elsewhere = async (browser: Browser, credentials: { email: string; password: string }, path: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, credentials, path);
  return page;
};
