/** A dialog over the page: focus stays inside, Escape and a click beside it close it, and the focus goes back. */
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useCountedAbove } from "./dialogs-above.tsx";
import { IconButton } from "./icon-button.tsx";

type Props = {
  title: string;
  isTitleHidden?: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Wide enough for two columns. */
  isWide?: boolean;
  /** What it shows is not shown again: only its own button closes it. */
  isKept?: boolean;
};

export const Dialog = ({ title, isTitleHidden = false, onClose, children, isWide = false, isKept = false }: Props) => {
  useCountedAbove();
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && !isKept && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Base.Popup
          className={`slide-in fixed top-[8dvh] left-1/2 z-30 max-h-[84dvh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto rounded-lg border border-line bg-panel p-4 text-ink shadow-float outline-none ${isWide ? "max-w-[760px]" : "max-w-[480px]"}`}
        >
          <Base.Title className={isTitleHidden ? "sr-only" : "mb-3 pr-8 text-base leading-6 font-semibold"}>{title}</Base.Title>
          {children}
          {!isTitleHidden && !isKept && (
            <Base.Close render={<IconButton label="Close" className="absolute top-3 right-3" />}>
              <X size={15} aria-hidden />
            </Base.Close>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
