/** Everything by typing: pages, and what is found by name or number. */
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Dialog } from "../components/dialog.tsx";
import { pages } from "./pages.ts";

const item = "flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft";

export const CommandPalette = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const go = (to: (typeof pages)[number]["to"]) => {
    onClose();
    void navigate({ to });
  };
  return (
    <Dialog title="Jump to anything" isTitleHidden onClose={onClose}>
      <Command label="Jump to anything" loop>
        <Command.Input
          placeholder="Page or action"
          className="mb-2 w-full border-b border-line bg-transparent px-2 py-2 text-base outline-none"
        />
        <Command.List className="max-h-[50dvh] overflow-y-auto">
          <Command.Empty className="px-2 py-6 text-center text-ink-3">Nothing of that name.</Command.Empty>
          <Command.Group heading="Pages">
            {pages.map((page) => (
              <Command.Item key={page.to} value={page.label} onSelect={() => go(page.to)} className={item}>
                <page.Icon size={14} aria-hidden className="text-ink-3" />
                <span className="flex-1">{page.label}</span>
                <kbd className="font-mono text-[11px] text-ink-3">g {page.key}</kbd>
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
};
