/** Puts a thing back to how an entry of the audit log says it was, through the same functions that operators change it with. */
import { ControlError } from "../control-error.ts";
import { isKind, isRevivable, type Kind, kindsOf, type Resources } from "./restorable.ts";

/** `notRestored`: fields that are as they are now, since the log holds no secrets. */
export type Restored = { type: string; id: string; notRestored: string[] };

type Entry = { action: string; targetType: string; targetId: string; before: Record<string, unknown> | null };

const isUpdate = (action: string): boolean => action.endsWith(".updated");
const isDeletion = (action: string): boolean => action.endsWith(".deleted");

export const isRestorable = ({ before, targetType, action }: Omit<Entry, "targetId">): boolean =>
  before !== null && isKind(targetType) && (isUpdate(action) || (isDeletion(action) && isRevivable(targetType)));

function refusalOf({ action }: Entry): string {
  if (action.endsWith(".created")) return "Before this there was nothing. Delete it if it is not wanted.";
  if (isDeletion(action)) return "Who is deleted comes back with a new password only: create them again.";
  return "This entry changed no settings that could be restored.";
}

/** Throws ControlError `rule_broken`, `conflict`, `stale`, and whatever the thing's own functions throw. */
export async function restoreEntry(resources: Resources, entry: Entry): Promise<Restored> {
  const { before, targetType: type, targetId: id } = entry;
  if (before === null || !isKind(type) || !isRestorable(entry)) throw new ControlError("rule_broken", refusalOf(entry));
  const kind = kindsOf(resources)[type];
  const now = await currently(kind, id);
  if (now !== null) await refusing(kind.update(id, before, now.version));
  else if (isDeletion(entry.action) && kind.create) await refusing(kind.create(id, before));
  else throw new ControlError("conflict", "It has been deleted since. Restore the entry of its deletion first.");
  const { field, flag } = kind.secret ?? { field: null, flag: "" };
  const hasSecret = before[flag] === true || (now !== null && Reflect.get(now, flag) === true);
  return { type, id, notRestored: field !== null && hasSecret ? [field] : [] };
}

async function currently(kind: Kind, id: string): Promise<{ version: number } | null> {
  try {
    return await kind.get(id);
  } catch (error) {
    if (error instanceof ControlError && error.kind === "not_found") return null;
    throw error;
  }
}

/** What it refers to may be gone: that is a fault of what is restored, not of the address it was asked at. */
async function refusing(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ControlError) || error.kind !== "not_found") throw error;
    const { message, issues } = error;
    throw new ControlError("rule_broken", `What it refers to is gone. ${message}`, { issues, cause: error });
  }
}
