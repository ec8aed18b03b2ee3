/** The way to an export and to those that there are, for who may take calls along. */
import { Download, FileDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "../../components/button.tsx";
import { formatPart } from "../../format/number.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { isUnfinished } from "./export-words.ts";
import type { CallAddress } from "./use-call-search.ts";
import { useExports } from "./use-exports.ts";

const ExportDialog = lazy(async () => ({ default: (await import("./export-dialog.tsx")).ExportDialog }));
const ExportsDialog = lazy(async () => ({ default: (await import("./exports-dialog.tsx")).ExportsDialog }));

export const ExportButtons = ({ address: { search, query, change } }: { address: CallAddress }) => {
  const isAdmin = useIsAdmin();
  const exports = useExports(isAdmin);
  const [isOrdering, setIsOrdering] = useState(false);
  if (!isAdmin) return null;
  const running = exports.items?.find(isUnfinished);
  const { limit: _limit, ...filters } = query;
  const show = (isShown: boolean) => change({ exports: isShown ? true : undefined });
  return (
    <>
      {exports.items !== null && exports.items.length > 0 && (
        <Button className="font-normal" onClick={() => show(true)}>
          <FileDown size={13} aria-hidden />
          {running === undefined ? "Exports" : `Exports · ${formatPart(running.progress)}`}
        </Button>
      )}
      <Button className="font-normal" onClick={() => setIsOrdering(true)}>
        <Download size={13} aria-hidden />
        Export
      </Button>
      <Suspense fallback={null}>
        {isOrdering && (
          <ExportDialog
            filters={filters}
            onClose={() => setIsOrdering(false)}
            onOrdered={() => {
              setIsOrdering(false);
              show(true);
            }}
          />
        )}
        {search.exports === true && <ExportsDialog exports={exports} onClose={() => show(false)} />}
      </Suspense>
    </>
  );
};
