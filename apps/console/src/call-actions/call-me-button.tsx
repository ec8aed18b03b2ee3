/** For admins, the way to hear an agent: a real telephone rings. */
import { PhoneCall } from "lucide-react";
import { lazy } from "react";
import { DialogButton } from "../components/dialog-button.tsx";
import { useIsAdmin } from "../session/use-role.ts";

const Dialog = lazy(async () => ({ default: (await import("./call-me-dialog.tsx")).CallMeDialog }));

export const CallMeButton = () => (useIsAdmin() ? <DialogButton icon={PhoneCall} label="Call me" dialog={Dialog} /> : null);
