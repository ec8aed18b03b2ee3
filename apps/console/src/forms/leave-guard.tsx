/** Asks before a form with changes in it is left: by a link, a key, going back, or closing the tab. */
import { useBlocker } from "@tanstack/react-router";
import { useEffect } from "react";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";

type Place = { pathname: string; search: object };

/** What the address of a page names besides filters: another of these, and another form stands there, or none. */
const formParams = ["tab", "rule", "new", "person"];

const formOf = ({ pathname, search }: Place): string => {
  const params = new Map<string, unknown>(Object.entries(search));
  return JSON.stringify([pathname, ...formParams.map((name) => params.get(name))]);
};

export const LeaveGuard = ({ isChanged }: { isChanged: boolean }) => {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && formOf(current) !== formOf(next),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  const { status, proceed } = blocker;
  // What was on its way to be saved when somebody left has been saved since.
  useEffect(() => {
    if (status === "blocked" && !isChanged) proceed();
  }, [status, isChanged, proceed]);
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
