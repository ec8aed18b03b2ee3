/** A panel for one thing out of a list: beside the list where there is room, over it where there is none. */
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useMediaQuery } from "../browser/use-media-query.ts";
import { IconButton } from "./icon-button.tsx";

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

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
const Over = ({ label, onClose, children }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className="slide-in m-0 ml-auto h-dvh max-h-none w-full max-w-[420px] border-l border-line bg-panel text-ink"
    >
      <div className="relative min-h-full p-4">
        {children}
        <CloseButton onClose={onClose} />
      </div>
    </dialog>
  );
};

export const SidePanel = (props: Props) => {
  const hasRoom = useMediaQuery("(min-width: 1180px)");
  return hasRoom ? <Beside {...props} /> : <Over {...props} />;
};
