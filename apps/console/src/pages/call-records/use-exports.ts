/** The exports of late: asked for again while one is being written, and told when it has ended. */
import { useEffect, useRef } from "react";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { counted } from "../../format/number.ts";
import { isUnfinished } from "./export-words.ts";

const lookEveryMs = 1_000;

export const useExports = (isAdmin: boolean) => {
  const read = trpc.exports.list.useQuery(
    { limit: 20 },
    { enabled: isAdmin, refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) === true ? lookEveryMs : false) },
  );
  const items = read.data?.items ?? null;
  const { done, failed } = useToasts();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    for (const each of items ?? []) {
      if (isUnfinished(each)) seen.current.add(each.id);
      else if (seen.current.delete(each.id)) {
        if (each.status === "ready") done(`The export is ready: ${counted(each.rows, "call")}`);
        if (each.status === "failed") failed("The export failed", new Error(each.problem ?? ""));
      }
    }
  }, [items, done, failed]);
  return { read, items };
};

export type ExportsRead = ReturnType<typeof useExports>;
