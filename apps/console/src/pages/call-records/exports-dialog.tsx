/** The exports there are: written in the background, whoever looks or leaves. */
import { Dialog } from "../../components/dialog.tsx";
import { LoadingRows, NothingYet, NotLoaded } from "../../components/list-states.tsx";
import { ExportRow } from "./export-row.tsx";
import type { ExportsRead } from "./use-exports.ts";

const Items = ({ exports: { read, items } }: { exports: ExportsRead }) => {
  if (items === null)
    return read.error === null ? <LoadingRows /> : <NotLoaded what="The exports" error={read.error} onRetry={() => void read.refetch()} />;
  if (items.length === 0) return <NothingYet title="No export yet">What you export from the list is here, and stays for a day.</NothingYet>;
  return (
    <ul aria-label="Exports">
      {items.map((item) => (
        <ExportRow key={item.id} item={item} />
      ))}
    </ul>
  );
};

export const ExportsDialog = ({ exports, onClose }: { exports: ExportsRead; onClose: () => void }) => (
  <Dialog title="Exports" onClose={onClose} isWide>
    <Items exports={exports} />
  </Dialog>
);
