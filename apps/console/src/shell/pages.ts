/** Where one can go: the pages in the sidebar, in the palette and behind `g` and a letter. */
import {
  ArrowDownLeft,
  ArrowUpRight,
  ChartColumn,
  LayoutDashboard,
  Headset,
  History,
  PhoneCall,
  ScrollText,
  Settings,
  UsersRound,
  Webhook,
} from "lucide-react";

/** `to`: the route; `key`: the letter after `g`. */
export const pages = [
  { to: "/", label: "Dashboard", key: "d", section: null, Icon: LayoutDashboard },
  { to: "/live", label: "Live calls", key: "l", section: null, Icon: PhoneCall },
  { to: "/calls", label: "Call records", key: "c", section: null, Icon: History },
  { to: "/analytics", label: "Analytics", key: "y", section: null, Icon: ChartColumn },
  { to: "/inbound-rules", label: "Inbound rules", key: "i", section: "Routing", Icon: ArrowDownLeft },
  { to: "/outbound-rules", label: "Outbound rules", key: "o", section: "Routing", Icon: ArrowUpRight },
  { to: "/groups", label: "Groups", key: "g", section: "Routing", Icon: UsersRound },
  { to: "/agents", label: "Agents", key: "a", section: "Routing", Icon: Headset },
  { to: "/webhook-log", label: "Webhook log", key: "w", section: "System", Icon: Webhook },
  { to: "/audit", label: "Audit", key: "u", section: "System", Icon: ScrollText },
  { to: "/settings", label: "Settings", key: "s", section: "System", Icon: Settings },
] as const;

export type Page = (typeof pages)[number];

export const sections = [null, "Routing", "System"] as const;
