/** What opens over a page: each is fetched when it is first wanted. */
import { lazy, Suspense } from "react";

export type Overlay = "palette" | "help" | "menu" | "test-call";

const CommandPalette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }));
const MobileMenu = lazy(async () => ({ default: (await import("./mobile-menu.tsx")).MobileMenu }));
const ShortcutHelp = lazy(async () => ({ default: (await import("./shortcut-help.tsx")).ShortcutHelp }));
const TestCallDialog = lazy(async () => ({ default: (await import("../test-call/test-call-dialog.tsx")).TestCallDialog }));

type Props = { open: Overlay; onOpen: (overlay: Overlay) => void; onClose: () => void };

const Opened = ({ open, onOpen, onClose }: Props) => {
  switch (open) {
    case "palette":
      return <CommandPalette onClose={onClose} onTestCall={() => onOpen("test-call")} />;
    case "help":
      return <ShortcutHelp onClose={onClose} />;
    case "menu":
      return <MobileMenu onClose={onClose} onJump={() => onOpen("palette")} />;
    case "test-call":
      return <TestCallDialog onClose={onClose} />;
  }
};

export const Overlays = (props: Props) => (
  <Suspense fallback={null}>
    <Opened {...props} />
  </Suspense>
);
