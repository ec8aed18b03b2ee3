/** A console in Chromium, and what it costs there: scripts fetched, first paint, ways between pages, frames while calls come and go. */
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Locator, type Page } from "playwright";
import { chromiumOptions } from "../../../tests/chromium.ts";

export type SignedIn = { accessToken: string; expiresAt: number; user: object };

/** Signed in from the first page on, in a window of a desk's size. */
export const openConsole = async (browser: Browser, signedIn: SignedIn): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript((session) => sessionStorage.setItem("switchboard.session", session), JSON.stringify(signedIn));
  return context.newPage();
};

export const openBrowser = (): Promise<Browser> => chromium.launch(chromiumOptions);

/** Every script that was fetched until the page was there, kilobytes of gzip; and when something, and the most of it, was painted. */
export const firstLoad = async (page: Page, url: string) => {
  const scripts: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  const bodies = await Promise.all(scripts);
  const scriptKb = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000;
  const paint = await page.evaluate(
    () =>
      new Promise<{ firstMs: number; largestMs: number }>((resolve) => {
        const [first] = performance.getEntriesByName("first-contentful-paint");
        new PerformanceObserver((list) => {
          resolve({ firstMs: first?.startTime ?? Number.NaN, largestMs: list.getEntries().at(-1)?.startTime ?? Number.NaN });
        }).observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );
  return { scriptKb, ...paint };
};

/** From the end of the session, elsewhere, to the page that says so, milliseconds. */
export const endElsewhere = async (page: Page, url: string, { accessToken }: SignedIn): Promise<{ toldMs: number }> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  const begun = performance.now();
  const ended = await fetch(`${url}/trpc/auth.logout`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: "{}",
  });
  if (!ended.ok) throw new Error(`auth.logout answered ${ended.status}`);
  await page.getByText("Your session has ended. Please sign in again.").waitFor();
  return { toldMs: performance.now() - begun };
};

/** From the click on a page's name to its heading on the screen, milliseconds. */
const goTo = (link: Locator): Promise<number> =>
  link.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const before = document.querySelector("main h1");
        const startedAt = performance.now();
        const watch = new MutationObserver(() => {
          const heading = document.querySelector("main h1");
          if (heading === null || heading === before) return;
          watch.disconnect();
          // Two frames on it has been painted.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - startedAt)));
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        if (element instanceof HTMLElement) element.click();
      }),
  );

/** The way to each page but the one that is open, in the order of the sidebar. */
export const routeChanges = async (page: Page): Promise<Map<string, number>> => {
  const times = new Map<string, number>();
  for (const link of await page.getByRole("navigation", { name: "Pages" }).getByRole("link").all()) {
    if ((await link.getAttribute("aria-current")) === "page") continue;
    const name = (await link.innerText()).replaceAll(/[\s\d]+/g, " ").trim();
    times.set(name, await goTo(link));
  }
  return times;
};

/** What the page's own thread did in that time: percent of one core in scripts, and the longest time between two frames. */
export const watchFrames = async (page: Page, forMs: number) => {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable");
  const scripted = async () => {
    const { metrics } = await devTools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN;
  };
  const before = await scripted();
  const longestFrameMs = await page.evaluate(
    (wantedMs) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now();
        let last = startedAt;
        let longest = 0;
        const frame = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (now - startedAt < wantedMs) requestAnimationFrame(frame);
          else resolve(longest);
        };
        requestAnimationFrame(frame);
      }),
    forMs,
  );
  const scriptPercent = (((await scripted()) - before) * 100_000) / forMs;
  await devTools.detach();
  return { scriptPercent, longestFrameMs };
};
