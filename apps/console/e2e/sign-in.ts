/** Signs in as a person does. */
import type { Page } from "playwright/test";

type Credentials = { email: string; password: string };

/** `url`: the page to begin with, which is there after signing in. */
export const signIn = async (page: Page, { email, password }: Credentials, url = "/live"): Promise<void> => {
  await page.goto(url);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
};
