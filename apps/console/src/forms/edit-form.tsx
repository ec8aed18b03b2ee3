/** The form around the fields of a thing that is there already: conflict, failure, Save and the way back. */
import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import type { FieldInWords } from "./differences.ts";
import { FormFailure } from "./form-failure.tsx";
import { keepFocus } from "./keep-focus.ts";
import { LeaveGuard } from "./leave-guard.tsx";
import type { Editing } from "./use-editing.ts";

type Props<Values> = {
  label: string;
  editing: Editing<Values>;
  fields: readonly FieldInWords<Values>[];
  /** "this agent". */
  what: string;
  children: ReactNode;
};

const SaveRow = <Values,>({ editing: { isChanged, isPending, conflict, discard } }: { editing: Editing<Values> }) => (
  <div
    className={`flex flex-wrap items-center gap-2 ${isChanged && conflict === null ? "sticky bottom-0 z-10 -mx-3 border-t border-line bg-bg px-3 py-3" : ""}`}
  >
    <Button type="submit" weight="primary" {...keepFocus} aria-disabled={!isChanged || isPending || conflict !== null}>
      {isPending ? "Saving…" : "Save"}
    </Button>
    {isChanged && !isPending && (
      <Button {...keepFocus} onClick={discard}>
        Discard changes
      </Button>
    )}
    <span role="status" className="text-ink-3">
      {isChanged && !isPending ? "Not saved yet" : ""}
    </span>
  </div>
);

export const EditForm = <Values extends object>({ label, editing, fields, what, children }: Props<Values>) => (
  <form
    noValidate
    aria-label={label}
    className="grid gap-4"
    onSubmit={(event) => {
      event.preventDefault();
      if (editing.conflict === null) editing.submit();
    }}
  >
    <ConflictNotice editing={editing} fields={fields} what={what} />
    {children}
    <FormFailure failure={editing.failure} />
    <SaveRow editing={editing} />
    <LeaveGuard isChanged={editing.isChanged} />
  </form>
);
