/** Entries of one kind, under their heading; nothing where there are none. */
import { Command } from "cmdk";
import type { PaletteEntry } from "./palette-entry.ts";

const groupLook =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3";

export const PaletteGroup = ({ heading, entries }: { heading: string; entries: readonly PaletteEntry[] }) =>
  entries.length === 0 ? null : (
    <Command.Group heading={heading} className={groupLook}>
      {entries.map(({ id, label, Icon, more, run }) => (
        <Command.Item
          key={id}
          value={id}
          onSelect={run}
          className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
        >
          <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1 truncate">{label}</span>
          {more !== undefined && <span className="shrink-0 font-mono text-[11px] text-ink-3">{more}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
