/** A panel for one thing out of a list: beside the list where there is room, over it where there is none. */
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useMediaQuery } from "../browser/use-media-query.ts";
import { useDialogsAbove } from "./dialogs-above.tsx";
import { IconButton } from "./icon-button.tsx";
import { useMovable } from "./movable.tsx";

type Props = { label: string; onClose: () => void; children: ReactNode };

const CloseButton = ({ onClose }: { onClose: () => void }) => (
  <IconButton label="Close details" onClick={onClose} className="absolute top-2.5 right-2.5">
    <X size={15} aria-hidden />
  </IconButton>
);

const Beside = ({ label, onClose, children }: Props) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <aside
      aria-label={label}
      className="slide-in sticky top-4 max-h-[calc(100dvh-2rem)] overflow-y-auto rounded-lg border border-line bg-panel p-4"
    >
      {children}
      <CloseButton onClose={onClose} />
    </aside>
  );
};

const Over = ({ label, onClose, children }: Props) => (
  <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
      <Dialog.Popup
        aria-label={label}
        className="slide-in fixed inset-y-0 right-0 z-30 w-full max-w-[420px] overflow-y-auto border-l border-line bg-panel p-4 text-ink outline-none"
      >
        {children}
        <CloseButton onClose={onClose} />
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
);

export const SidePanel = ({ children, ...rest }: Props) => {
  const hasRoom = useMediaQuery("(min-width: 1180px)");
  const { count, counting } = useDialogsAbove();
  const [isBeside, setBeside] = useState(hasRoom);
  // Not while something is asked above it: a panel that comes over the list would hide the question.
  if (isBeside !== hasRoom && count === 0) setBeside(hasRoom);
  const { movable, place } = useMovable(counting(children));
  return (
    <>
      {movable}
      {isBeside ? <Beside {...rest}>{place}</Beside> : <Over {...rest}>{place}</Over>}
    </>
  );
};
