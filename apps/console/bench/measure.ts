/** A process that looks at a console in Chromium and prints what it cost there, as one JSON text. */
import { z } from "zod";
import { endElsewhere, firstLoad, openBrowser, openConsole, routeChanges, watchFrames } from "./in-browser.ts";

const signedIn = z.object({ accessToken: z.string(), expiresAt: z.number(), user: z.looseObject({}) });
const job = z
  .discriminatedUnion("what", [
    z.object({ what: z.literal("pages"), url: z.string(), signedIn }),
    /** The session is over afterwards. */
    z.object({ what: z.literal("sign-out"), url: z.string(), signedIn }),
    /** `calls`: a text that says how many are on the line, once the page shows them. */
    z.object({ what: z.literal("frames"), url: z.string(), signedIn, calls: z.string(), forMs: z.number() }),
  ])
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const browser = await openBrowser();
try {
  const page = await openConsole(browser, job.signedIn);
  if (job.what === "pages") {
    const first = await firstLoad(page, `${job.url}/`);
    const cold = await routeChanges(page);
    const warm = await routeChanges(page);
    const routes = [...warm].map(([name, warmMs]) => ({ name, coldMs: cold.get(name) ?? null, warmMs }));
    process.stdout.write(JSON.stringify({ ...first, routes }));
  } else if (job.what === "sign-out") {
    await page.goto(`${job.url}/live`);
    process.stdout.write(JSON.stringify(await endElsewhere(page, job.url, job.signedIn)));
  } else {
    await page.goto(`${job.url}/live`);
    await page.getByText(new RegExp(`^${job.calls} on the line`)).waitFor();
    process.stdout.write(JSON.stringify(await watchFrames(page, job.forMs)));
  }
} finally {
  await browser.close();
}
