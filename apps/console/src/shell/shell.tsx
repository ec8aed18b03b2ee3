/** What stands around every page: the name, where one can go, who is signed in, and whether what is shown can be believed. */
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Menu } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "../components/icon-button.tsx";
import { Logo } from "../components/logo.tsx";
import { Navigation } from "./navigation.tsx";
import { type Overlay, Overlays } from "./overlays.tsx";
import { Person } from "./person.tsx";
import { StaleBanner } from "./stale-banner.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const Name = () => (
  <span className="flex items-center gap-2 text-[14px] font-[650]">
    <Logo />
    Switchboard
  </span>
);

const JumpButton = ({ onClick }: { onClick: () => void }) => (
  <button type="button" onClick={onClick} className="flex min-h-8 items-center gap-2 rounded-md px-2 text-ink-3 hover:text-ink">
    <kbd className="rounded border border-line-2 px-1 font-mono text-[11px]">⌘K</kbd>
    Jump to anything
  </button>
);

/** After another page has been opened the keyboard goes on from its beginning, and its name is read out. */
const useFocusOnNewPage = () => {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(path);
  useEffect(() => {
    const isOverlaid = document.querySelector("[role=dialog]") !== null;
    if (last.current !== undefined && path !== last.current && !isOverlaid) main.current?.focus();
    last.current = path;
  }, [path]);
  return main;
};

const Side = ({ onJump }: { onJump: () => void }) => (
  <header className="sticky top-0 hidden h-dvh flex-col gap-3.5 overflow-y-auto border-r border-line bg-sunken px-2.5 py-3.5 lg:flex">
    <span className="px-2">
      <Name />
    </span>
    <div className="flex-1">
      <Navigation />
    </div>
    <JumpButton onClick={onJump} />
    <Person />
  </header>
);

const Top = ({ onMenu }: { onMenu: () => void }) => (
  <header className="flex items-center justify-between border-b border-line bg-sunken px-4 py-2 lg:hidden">
    <Name />
    <IconButton label="Menu" onClick={onMenu} className="size-9">
      <Menu size={18} aria-hidden />
    </IconButton>
  </header>
);

export const Shell = () => {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const main = useFocusOnNewPage();
  useShortcuts({ onPalette: () => setOverlay("palette"), onHelp: () => setOverlay("help") });
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-40 focus:rounded-md focus:bg-panel focus:px-3 focus:py-2"
      >
        Skip to the page
      </a>
      <Side onJump={() => setOverlay("palette")} />
      <Top onMenu={() => setOverlay("menu")} />
      <div className="min-w-0">
        <StaleBanner />
        <main ref={main} id="main" tabIndex={-1} className="w-full max-w-[1240px] px-4 pt-4 pb-16 outline-none sm:px-6">
          <Outlet />
        </main>
      </div>
      {overlay !== null && <Overlays open={overlay} onOpen={setOverlay} onClose={() => setOverlay(null)} />}
    </div>
  );
};
