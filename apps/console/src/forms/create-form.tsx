/** The form around the fields of a new thing: failure, the button that makes it, and the way out. */
import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { FormFailure } from "./form-failure.tsx";
import { keepFocus } from "./keep-focus.ts";
import { LeaveGuard } from "./leave-guard.tsx";
import type { Creating } from "./use-creating.ts";

type Props = {
  label: string;
  creating: Creating;
  /** What the button does: "Create agent". */
  action: string;
  onCancel: () => void;
  children: ReactNode;
};

export const CreateForm = ({ label, creating, action, onCancel, children }: Props) => (
  <form
    noValidate
    aria-label={label}
    className="grid gap-4"
    onSubmit={(event) => {
      event.preventDefault();
      creating.submit();
    }}
  >
    {children}
    <FormFailure failure={creating.failure} />
    <div className="flex flex-wrap items-center gap-2">
      <Button type="submit" weight="primary" {...keepFocus} aria-disabled={creating.isPending}>
        {creating.isPending ? "Saving…" : action}
      </Button>
      <Button {...keepFocus} onClick={onCancel}>
        Cancel
      </Button>
    </div>
    <LeaveGuard isChanged={creating.isChanged} />
  </form>
);
