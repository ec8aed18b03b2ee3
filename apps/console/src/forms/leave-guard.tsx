/** Asks before a form with changes in it is left: by a link, a key, going back, or closing the tab. */
import { useBlocker } from "@tanstack/react-router";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";

type Place = { pathname: string; search: object };

type Props = {
  isChanged: boolean;
  /** Whether going there leaves the form; without it every other page does. */
  leaves?: (from: Place, to: Place) => boolean;
};

const leavesPage = (from: Place, to: Place): boolean => from.pathname !== to.pathname;

export const LeaveGuard = ({ isChanged, leaves = leavesPage }: Props) => {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && leaves(current, next),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog title="Leave without saving?" onClose={blocker.reset}>
      <p className="mb-4 text-ink-2">What you changed here has not been saved.</p>
      <div className="flex justify-end gap-2">
        <Button onClick={blocker.proceed} weight="danger">
          Leave
        </Button>
        <Button onClick={blocker.reset} weight="primary">
          Stay
        </Button>
      </div>
    </Dialog>
  );
};
