/** A button whose dialog is fetched when it is wanted. */
import type { LucideIcon } from "lucide-react";
import { type ComponentType, type LazyExoticComponent, Suspense, useState } from "react";
import { Button } from "./button.tsx";

type Props = { icon: LucideIcon; label: string; dialog: LazyExoticComponent<ComponentType<{ onClose: () => void }>> };

export const DialogButton = ({ icon: Icon, label, dialog: Dialog }: Props) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon size={14} aria-hidden />
        {label}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Dialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
