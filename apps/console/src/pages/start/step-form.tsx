/** The form of a step: as few fields as will do, the button that makes the thing, and the way past it. */
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { FormFailure } from "../../forms/form-failure.tsx";
import { keepFocus } from "../../forms/keep-focus.ts";
import type { Creating } from "../../forms/use-creating.ts";

type Props = { label: string; creating: Creating; action: string; onSkip: () => void; children: ReactNode };

export const StepForm = ({ label, creating, action, onSkip, children }: Props) => (
  <form
    noValidate
    aria-label={label}
    className="grid max-w-[560px] gap-4"
    onSubmit={(event) => {
      event.preventDefault();
      creating.submit();
    }}
  >
    {children}
    <FormFailure failure={creating.failure} />
    <div className="flex flex-wrap gap-2">
      <Button type="submit" weight="primary" {...keepFocus} aria-disabled={creating.isPending}>
        {creating.isPending ? "One moment…" : action}
      </Button>
      <Button {...keepFocus} onClick={onSkip}>
        Skip for now
      </Button>
    </div>
  </form>
);
