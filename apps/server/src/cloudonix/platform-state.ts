/** How a domain stands at Cloudonix now, as far as Switchboard would change it. */
import type { Answer } from "@switchboard/cloudonix/answer";
import type { DomainClient } from "@switchboard/cloudonix/domain-client";
import type { PlatformApplication, PlatformDomain } from "@switchboard/cloudonix/shapes";

/** Our application, by its name there. */
export const applicationName = "switchboard";

export const profileNames = ["authorization-api-key", "session-update-endpoint", "cdr-endpoint"] as const;
export type ProfileName = (typeof profileNames)[number];

export type PlatformState = {
  domain: PlatformDomain;
  /** Ours; null where there is none yet. */
  application: PlatformApplication | null;
  /** The number of the default application, and its name where the list has it. */
  defaultApplication: { id: number; name: string | null } | null;
};

/** Two requests. */
export const readPlatformState = async (client: DomainClient): Promise<Answer<PlatformState>> => {
  const domain = await client.read();
  if (!domain.ok) return domain;
  const applications = await client.applications();
  if (!applications.ok) return applications;
  const id = domain.value.defaultApplication;
  const named = (wanted: number) => applications.value.find((each) => each.id === wanted)?.name ?? null;
  return {
    ok: true,
    value: {
      domain: domain.value,
      application: applications.value.find(({ name }) => name === applicationName) ?? null,
      defaultApplication: id === null ? null : { id, name: named(id) },
    },
  };
};

/** Null: not set, in whatever way that is said. */
export const profileText = ({ domain }: PlatformState, name: ProfileName): string | null => {
  const value = domain.profile[name];
  return typeof value === "string" && value !== "" ? value : null;
};
