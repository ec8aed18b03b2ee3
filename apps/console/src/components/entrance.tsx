/** What stands around the pages that nobody need be signed in for. */
import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

export const Entrance = ({ title, isWide = false, children }: { title: string; isWide?: boolean; children: ReactNode }) => (
  <main className="grid min-h-dvh grid-rows-[1fr_auto] place-items-center gap-8 px-4 py-8">
    <div className={`w-full ${isWide ? "max-w-[480px]" : "max-w-[336px]"}`}>
      <div className="mb-6 flex items-center gap-2.5">
        <Logo />
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
      </div>
      <div className="grid gap-4 rounded-lg border border-line bg-panel p-5 shadow-float">{children}</div>
    </div>
    <ThemeSwitch />
  </main>
);
