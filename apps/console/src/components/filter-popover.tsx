/** The filters that are not wanted every day, behind one button that says how many of them are set. */
import { Popover } from "@base-ui/react/popover";
import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

export const FilterPopover = ({ count, children }: { count: number; children: ReactNode }) => (
  <Popover.Root>
    <Popover.Trigger render={<Button className="font-normal" />}>
      <ListFilter size={13} aria-hidden />
      {count === 0 ? "More filters" : `More filters · ${count}`}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner sideOffset={6} align="start" className="z-20 outline-none">
        <Popover.Popup className="grid max-h-[var(--available-height)] w-[min(320px,calc(100vw-2rem))] gap-3 overflow-y-auto rounded-lg border border-line-2 bg-panel p-4 text-ink shadow-float outline-none">
          <Popover.Title className="sr-only">More filters</Popover.Title>
          {children}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
);
