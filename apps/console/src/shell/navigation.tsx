/** The pages one can go to. */
import { Link } from "@tanstack/react-router";
import { hasEnded } from "../live/board.ts";
import { useLive } from "../live/use-live.ts";
import { type Page, sections } from "./pages.ts";
import { usePages } from "./use-pages.ts";

const LiveCount = () => {
  const count = useLive(({ calls }) => calls?.reduce((sum, call) => (hasEnded(call) ? sum : sum + 1), 0) ?? null);
  return count === null ? null : <span className="num self-center text-ink-3">{count}</span>;
};

const PageLink = ({ page, onGo }: { page: Page; onGo: (() => void) | undefined }) => (
  <Link
    to={page.to}
    onClick={onGo}
    activeOptions={{ exact: page.to === "/", includeSearch: false }}
    className="flex min-h-8 items-center justify-between rounded-md px-2 py-1 text-ink-2 hover:text-ink aria-[current=page]:bg-panel aria-[current=page]:font-[550] aria-[current=page]:text-ink aria-[current=page]:shadow-[0_0_0_1px_var(--line)]"
  >
    <span className="flex items-center gap-2">
      <page.Icon size={14} aria-hidden className="text-ink-3" />
      {page.label}
    </span>
    {page.to === "/live" && <LiveCount />}
  </Link>
);

export const Navigation = ({ onGo }: { onGo?: () => void }) => {
  const pages = usePages();
  return (
    <nav aria-label="Pages" className="grid content-start gap-0.5">
      {sections.map((section) => {
        const here = pages.filter((page) => page.section === section);
        if (here.length === 0) return null;
        return (
          <div key={section ?? ""} className="grid gap-0.5">
            {section !== null && <h2 className="px-2 pt-4 pb-1 text-xs text-ink-3">{section}</h2>}
            {here.map((page) => (
              <PageLink key={page.to} page={page} onGo={onGo} />
            ))}
          </div>
        );
      })}
    </nav>
  );
};
