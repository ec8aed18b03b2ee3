/** Puts a thing back to how an entry of the audit log says it was, through the same functions that operators change it with. */
import { agentId } from "@switchboard/routing/ids";
import { tenantChange } from "@switchboard/routing/input/tenant";
import { voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { z } from "zod";
import type { Agents } from "./agents.ts";
import { ControlError } from "./control-error.ts";
import type { TenantAdministration } from "./tenant-settings.ts";

/** What can be restored is what operators can change. */
export type Resources = { agents: Agents; settings: TenantAdministration };

/** `notRestored`: fields that are as they are now, since the log holds no secrets. */
export type Restored = { type: string; id: string; notRestored: string[] };

type Entry = { action: string; targetType: string; targetId: string; before: Record<string, unknown> | null };

/** A kind of thing: how it is read, changed and made anew; all throw as the functions of its own file do. */
type Kind = {
  /** As it is now. Throws ControlError `not_found`. */
  get: (id: string) => Promise<{ version: number } & Record<string, unknown>>;
  update: (id: string, before: object, version: number) => Promise<unknown>;
  /** Null: it can't be made of what the log holds. */
  create: ((id: string, before: object) => Promise<unknown>) | null;
  /** What the log doesn't hold, and the field that says whether there is one. */
  secret: { field: string; flag: string } | null;
};

/** By the audit log's name of the kind; `revivable`: what is deleted can be made anew of what the log holds. */
const kindNames = { voice_agent: { revivable: true }, tenant: { revivable: false } } as const;
type KindName = keyof typeof kindNames;

/** Of what an entry holds, what an input takes. */
function taken<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>, before: object) {
  const read = z.object(shape).safeParse(before);
  if (!read.success) throw new ControlError("rule_broken", "This entry does not hold all that would be needed.");
  return read.data;
}

const agentFields = voiceAgentInput.omit({ password: true });
const tenantFields = tenantChange.omit({ version: true, cloudonixKey: true });

const kindsOf = ({ agents, settings }: Resources): Record<KindName, Kind> => ({
  voice_agent: {
    get: (id) => agents.get(id),
    update: (id, before, version) => agents.update(id, { ...taken(agentFields, before), version }),
    create: (id, before) => agents.create(taken(agentFields, before), agentId(id)),
    secret: { field: "password", flag: "hasPassword" },
  },
  tenant: {
    get: () => settings.get(),
    update: (_id, before, version) => settings.update({ ...taken(tenantFields, before), version }),
    create: null,
    secret: { field: "cloudonixKey", flag: "hasCloudonixKey" },
  },
});

const isUpdate = ({ action }: Pick<Entry, "action">): boolean => action.endsWith(".updated");
const isDeletion = ({ action }: Pick<Entry, "action">): boolean => action.endsWith(".deleted");
const isKind = (type: string): type is KindName => type in kindNames;

export const isRestorable = ({ before, targetType, action }: Omit<Entry, "targetId">): boolean => {
  if (before === null || !isKind(targetType)) return false;
  return isUpdate({ action }) || (isDeletion({ action }) && kindNames[targetType].revivable);
};

function refusalOf(entry: Entry): string {
  if (entry.action.endsWith(".created")) return "Before this there was nothing. Delete it if it is not wanted.";
  if (isDeletion(entry)) return "A person who was deleted needs a new password: create them again.";
  return "This entry changed no settings that could be restored.";
}

export async function restoreEntry(resources: Resources, entry: Entry): Promise<Restored> {
  const { before, targetType: type, targetId: id } = entry;
  if (before === null || !isKind(type) || !isRestorable(entry)) throw new ControlError("rule_broken", refusalOf(entry));
  const kind = kindsOf(resources)[type];
  const now = await currently(kind, id);
  if (now === null && (isUpdate(entry) || kind.create === null)) {
    throw new ControlError("conflict", "It has been deleted since. Restore the entry of its deletion first.");
  }
  await refusing(now === null ? kind.create?.(id, before) : kind.update(id, before, now.version));
  const { secret } = kind;
  const hasSecret = secret !== null && (before[secret.flag] === true || now?.[secret.flag] === true);
  return { type, id, notRestored: hasSecret ? [secret.field] : [] };
}

async function currently(kind: Kind, id: string): Promise<Awaited<ReturnType<Kind["get"]>> | null> {
  try {
    return await kind.get(id);
  } catch (error) {
    if (error instanceof ControlError && error.kind === "not_found") return null;
    throw error;
  }
}

/** What it refers to may be gone: that is a fault of what is restored, not of the address it was asked at. */
async function refusing(work: Promise<unknown> | undefined): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ControlError) || error.kind !== "not_found") throw error;
    const { message, issues } = error;
    throw new ControlError("rule_broken", `What it refers to is gone. ${message}`, { issues, cause: error });
  }
}
