/** Everything by typing: pages, what can be done, and what is found by name, number or id. */
import { Command } from "cmdk";
import { useState } from "react";
import { Dialog } from "../components/dialog.tsx";
import { isMeant, type PaletteEntry } from "./palette-entry.ts";
import { PaletteGroup } from "./palette-group.tsx";
import { usePaletteActions } from "./use-palette-actions.ts";
import { useFoundEntries, usePalettePages, useTyped } from "./use-palette-places.ts";

type Props = { onClose: () => void; onTestCall: () => void };

/** Choosing one closes the palette first: what is chosen may open something else. */
const closing =
  (onClose: () => void) =>
  (entries: readonly PaletteEntry[]): PaletteEntry[] =>
    entries.map((entry) => ({
      ...entry,
      run: () => {
        onClose();
        entry.run();
      },
    }));

const useGroups = (typed: string, { onClose, onTestCall }: Props) => {
  const found = useFoundEntries(typed);
  const [pages, actions, said] = [usePalettePages(), usePaletteActions(onTestCall), useTyped(typed)];
  const ready = closing(onClose);
  const meant = (entries: readonly PaletteEntry[]) => ready(entries.filter((entry) => isMeant(entry, typed.trim())));
  // What was found for other words is offered only as far as it fits these.
  const offered = found.isSearching ? meant : ready;
  return {
    isSearching: found.isSearching,
    isFailed: found.isFailed,
    groups: {
      "What you typed": ready(said),
      Pages: meant(pages),
      Actions: meant(actions),
      Agents: offered(found.agents),
      Groups: offered(found.groups),
      "Inbound rules": offered(found.rules),
    },
  };
};

const emptyWords = (isSearching: boolean, isFailed: boolean): string => {
  if (isSearching) return "Searching…";
  return isFailed ? "Names could not be searched. Pages and actions are there all the same." : "Nothing of that name.";
};

export const CommandPalette = (props: Props) => {
  const [typed, setTyped] = useState("");
  const { groups, isSearching, isFailed } = useGroups(typed, props);
  return (
    <Dialog title="Jump to anything" isTitleHidden onClose={props.onClose}>
      <Command label="Jump to anything" loop shouldFilter={false}>
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          maxLength={100}
          placeholder="Page, action, name or number"
          className="mb-1 w-full border-b border-line bg-transparent px-2 py-2 text-base outline-none"
        />
        <Command.List className="max-h-[56dvh] overflow-y-auto">
          <Command.Empty className="px-2 py-6 text-center text-ink-3">{emptyWords(isSearching, isFailed)}</Command.Empty>
          {Object.entries(groups).map(([heading, entries]) => (
            <PaletteGroup key={heading} heading={heading} entries={entries} />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
};
