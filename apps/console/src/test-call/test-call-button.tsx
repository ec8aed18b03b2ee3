/** For admins, the way to try the configuration. */
import { PhoneOutgoing } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { useIsAdmin } from "../session/use-role.ts";

const Dialog = lazy(async () => ({ default: (await import("./test-call-dialog.tsx")).TestCallDialog }));

export const TestCallButton = () => {
  const [isOpen, setOpen] = useState(false);
  if (!useIsAdmin()) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PhoneOutgoing size={14} aria-hidden />
        Place a test call
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Dialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
