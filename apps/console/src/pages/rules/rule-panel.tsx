/** One rule beside the list: takes the keyboard when it opens, gives it back when it closes. */
import { X } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { IconButton } from "../../components/icon-button.tsx";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** Escape in a list of choices, or in a dialog above, is theirs. */
const isTaken = (event: KeyboardEvent): boolean =>
  event.defaultPrevented || document.querySelector("[role=listbox], [role=dialog], [role=menu]") !== null;

export const RulePanel = ({ title, onClose, children }: Props) => {
  const panel = useRef<HTMLElement>(null);
  const closeOn = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && !isTaken(event)) onClose();
  });
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => closeOn(event);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={title}
      className="slide-in relative max-h-[calc(100dvh-2rem)] overflow-y-auto rounded-lg border border-line bg-panel p-4 outline-none"
    >
      <h2 className="mb-3 pr-8 text-base leading-6 font-semibold">{title}</h2>
      {children}
      <IconButton label="Close" onClick={onClose} className="absolute top-3 right-3">
        <X size={15} aria-hidden />
      </IconButton>
    </aside>
  );
};
