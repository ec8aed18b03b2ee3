import { readFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

test("the client's types are those of the description; `vitest -u` on this file makes them anew", async () => {
  const description = await readFile(new URL("../openapi.yaml", import.meta.url), "utf8");
  await expect(astToString(await openapiTypescript(description, { silent: true }))).toMatchFileSnapshot("./generated/rest-api.ts");
});
