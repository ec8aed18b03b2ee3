/** The palette, fetched when it is first wanted. */
import { lazy, Suspense } from "react";

const CommandPalette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }));

export const CommandMenu = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) =>
  isOpen ? (
    <Suspense fallback={null}>
      <CommandPalette onClose={onClose} />
    </Suspense>
  ) : null;
