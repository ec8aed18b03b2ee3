/** The sidebar of a narrow screen. */
import { Dialog } from "../components/dialog.tsx";
import { Button } from "../components/button.tsx";
import { Navigation } from "./navigation.tsx";
import { Person } from "./person.tsx";

export const MobileMenu = ({ onClose, onJump }: { onClose: () => void; onJump: () => void }) => (
  <Dialog title="Menu" onClose={onClose}>
    <div className="grid gap-4">
      <Navigation onGo={onClose} />
      <Button onClick={onJump}>Jump to anything</Button>
      <Person />
    </div>
  </Dialog>
);
