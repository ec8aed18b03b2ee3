/** What can be done from the palette; what only admins may do is there for admins only. */
import { useNavigate } from "@tanstack/react-router";
import { Headset, Footprints, LogOut, Monitor, Moon, PhoneOutgoing, ArrowDownLeft, Sun, UsersRound } from "lucide-react";
import { session } from "../session/session.ts";
import { trpc } from "../api/trpc.ts";
import { useIsAdmin } from "../session/use-role.ts";
import { theme } from "../theme/theme.ts";
import type { PaletteEntry } from "./palette-entry.ts";

export const usePaletteActions = (onTestCall: () => void): PaletteEntry[] => {
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  // Whatever the server says, this tab forgets the token.
  const logout = trpc.auth.logout.useMutation({ onSettled: session.signOut });
  const forAdmins: PaletteEntry[] = [
    { id: "test-call", label: "Place a test call", Icon: PhoneOutgoing, also: "try simulate", run: onTestCall },
    { id: "new-agent", label: "New agent", Icon: Headset, also: "add create", run: () => void navigate({ to: "/agents/new" }) },
    { id: "new-group", label: "New group", Icon: UsersRound, also: "add create", run: () => void navigate({ to: "/groups/new" }) },
    {
      ...{ id: "new-rule", label: "New inbound rule", Icon: ArrowDownLeft, also: "add create number" },
      run: () => void navigate({ to: "/inbound-rules", search: { new: true } }),
    },
    {
      id: "start",
      label: "First steps",
      Icon: Footprints,
      also: "start onboarding set up guide",
      run: () => void navigate({ to: "/start" }),
    },
  ];
  return [
    ...(isAdmin ? forAdmins : []),
    { id: "theme-light", label: "Light theme", Icon: Sun, also: "appearance", run: () => theme.set("light") },
    { id: "theme-dark", label: "Dark theme", Icon: Moon, also: "appearance night", run: () => theme.set("dark") },
    { id: "theme-system", label: "Theme of the system", Icon: Monitor, also: "appearance", run: () => theme.set("system") },
    { id: "sign-out", label: "Sign out", Icon: LogOut, also: "log out leave", run: () => logout.mutate({}) },
  ];
};
