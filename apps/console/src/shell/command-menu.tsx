/** The palette, fetched when it is first wanted. */
import { lazy, Suspense } from "react";

const CommandPalette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }));

type Props = { isOpen: boolean; onClose: () => void; onTestCall: () => void };

export const CommandMenu = ({ isOpen, ...rest }: Props) =>
  isOpen ? (
    <Suspense fallback={null}>
      <CommandPalette {...rest} />
    </Suspense>
  ) : null;
