/** The keys, on one sheet. */
import { Dialog } from "../components/dialog.tsx";
import { usePages } from "./use-pages.ts";

const keys: readonly (readonly [string, string])[] = [
  ["⌘ K or Ctrl K", "Jump to anything"],
  ["/", "Search on this page"],
  ["?", "This help"],
  ["Esc", "Close what is open"],
  ["↑ ↓", "Move in a list"],
];

export const ShortcutHelp = ({ onClose }: { onClose: () => void }) => {
  const pages = usePages();
  const ways = pages.map((page) => [`g ${page.key}`, page.label] as const);
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {[...keys, ...ways].map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded border border-line-2 px-1.5 py-0.5 font-mono text-[11px]">{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
