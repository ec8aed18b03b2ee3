/** For admins, the way to try the configuration. */
import { PhoneOutgoing } from "lucide-react";
import { lazy } from "react";
import { DialogButton } from "../components/dialog-button.tsx";
import { useIsAdmin } from "../session/use-role.ts";

const Dialog = lazy(async () => ({ default: (await import("./test-call-dialog.tsx")).TestCallDialog }));

export const TestCallButton = () => (useIsAdmin() ? <DialogButton icon={PhoneOutgoing} label="Place a test call" dialog={Dialog} /> : null);
