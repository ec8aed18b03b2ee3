/** `npm start`: how soon a copy that has run before would answer a call. */
import { join } from "node:path";
import { type Product, startProduct } from "../../../tests/product.ts";
import type { Benchmark } from "./bench-context.ts";
import { figuresOf } from "./figure.ts";
import { median } from "./rounds.ts";

const rounds = 5;

const end = async ({ npm, ended }: Product) => {
  npm.kill("SIGTERM");
  await ended();
};

export const start: Benchmark = {
  describes: "npm start, the second time and after",
  run: async ({ dir, say, onEnd }) => {
    const { figures, add } = figuresOf("start");
    const startOnce = async (): Promise<number> => {
      const product = await startProduct(join(dir, "data"));
      onEnd(async () => {
        if (product.npm.exitCode === null) await end(product);
      });
      const readyMs = await product.ready();
      await end(product);
      return readyMs;
    };
    const first = await startOnce();
    say("started for the first time");
    const again: number[] = [];
    for (let round = 1; round <= rounds; round++) again.push(await startOnce());
    add("ready for calls", median(again), "ms", {
      baseline: { what: "the first start, which makes the databases", value: first },
      target: { of: "value", is: "below", limit: 3_000 },
    });
    return figures;
  },
};
