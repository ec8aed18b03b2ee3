/** The description of the REST door as people read it, in a browser. */
import { expect, test } from "playwright/test";

test("the description of the REST door can be read in a browser, with no script of its page's own and no word of complaint", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  const answer = await page.goto("/api/docs");
  expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self'(;|$)/);
  await expect(page.getByRole("heading", { name: "Switchboard" })).toBeVisible();
  const create = page.locator("#operations-agents-agents_create");
  await create.getByText("Create a voice agent").click();
  await expect(create.getByText("For admins.")).toBeVisible();
  await expect(create.getByText('"serviceValue"').first()).toBeVisible();
  await expect(create.getByText("A conflict: changed meanwhile, taken, or in use")).toBeVisible();
  expect(complaints).toEqual([]);
});
