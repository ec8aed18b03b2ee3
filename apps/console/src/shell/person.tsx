/** Who is signed in, how they like it, and the way out. */
import { LogOut } from "lucide-react";
import { trpc } from "../api/trpc.ts";
import { IconButton } from "../components/icon-button.tsx";
import { ThemeSwitch } from "../components/theme-switch.tsx";
import { session } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";

const SignOut = () => {
  // Whatever the server says, this tab forgets the token.
  const logout = trpc.auth.logout.useMutation({ onSettled: session.signOut });
  return (
    <IconButton label="Sign out" disabled={logout.isPending} onClick={() => logout.mutate()}>
      <LogOut size={14} aria-hidden />
    </IconButton>
  );
};

export const Person = () => {
  const state = useSession();
  if (state.kind !== "signed_in") return null;
  const { user } = state.session;
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <div className="px-2">
        <ThemeSwitch />
      </div>
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate pl-2 text-ink-2" title={user.email}>
          {user.name ?? user.email}
        </span>
        <SignOut />
      </div>
    </div>
  );
};
