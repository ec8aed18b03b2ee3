/** What stands around every page: the name, where one can go, who is signed in. */
import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { trpc } from "../api/trpc.ts";
import { session } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";
import { IconButton } from "./icon-button.tsx";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const SignOut = () => {
  // Whatever the server says, this tab forgets the token.
  const logout = trpc.auth.logout.useMutation({ onSettled: session.signOut });
  return (
    <IconButton label="Sign out" disabled={logout.isPending} onClick={() => logout.mutate()}>
      <LogOut size={14} aria-hidden />
    </IconButton>
  );
};

const Person = () => {
  const state = useSession();
  if (state.kind !== "signed_in") return null;
  const { user } = state.session;
  return (
    <div className="flex min-w-0 items-center gap-2 lg:border-t lg:border-line lg:pt-3">
      <span className="hidden min-w-0 flex-1 truncate text-ink-2 sm:block lg:pl-2" title={user.email}>
        {user.name ?? user.email}
      </span>
      <SignOut />
    </div>
  );
};

export const Shell = ({ liveCount, children }: { liveCount: number | null; children: ReactNode }) => (
  <div className="min-h-dvh lg:grid lg:grid-cols-[216px_minmax(0,1fr)]">
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-panel focus:px-3 focus:py-2"
    >
      Skip to the calls
    </a>
    <header className="flex items-center gap-3 border-b border-line bg-sunken px-4 py-2 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-1 lg:border-r lg:border-b-0 lg:px-2.5 lg:py-3.5">
      <span className="flex items-center gap-2 text-[14px] font-[650] lg:px-2 lg:pb-3.5">
        <Logo />
        Switchboard
      </span>
      <nav aria-label="Pages" className="min-w-0 flex-1">
        <a
          href="/"
          aria-current="page"
          className="hidden justify-between rounded-md bg-panel px-2 py-1.5 font-[550] shadow-[0_0_0_1px_var(--line)] lg:flex"
        >
          Live calls
          {liveCount !== null && <span className="num self-center text-ink-3">{liveCount}</span>}
        </a>
      </nav>
      <div className="flex items-center gap-2 lg:flex-col lg:items-stretch lg:gap-3">
        <div className="lg:px-2">
          <ThemeSwitch />
        </div>
        <Person />
      </div>
    </header>
    <main id="main" tabIndex={-1} className="w-full max-w-[1240px] px-4 pt-4 pb-10 outline-none sm:px-6">
      {children}
    </main>
  </div>
);
