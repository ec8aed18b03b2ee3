/** For admins, the way to hear an agent: a real telephone rings. */
import { PhoneCall } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { useIsAdmin } from "../session/use-role.ts";

const Dialog = lazy(async () => ({ default: (await import("./call-me-dialog.tsx")).CallMeDialog }));

export const CallMeButton = () => {
  const [isOpen, setOpen] = useState(false);
  if (!useIsAdmin()) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PhoneCall size={14} aria-hidden />
        Call me
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Dialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
