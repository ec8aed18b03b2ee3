/** How the domain's connection stands, as far as it is known here: Cloudonix is not asked. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import type { CloudonixConnections } from "@switchboard/control/cloudonix-connection";
import type { TenantAdministration } from "@switchboard/control/tenant-settings";
import { publicUrlWarning } from "./public-url-warning.ts";

type StatusDeps = { connections: CloudonixConnections; settings: Pick<TenantAdministration, "get">; publicUrl: string };

const iso = (at: Date | null) => at?.toISOString() ?? null;

export const createConnectionStatus =
  ({ connections, settings, publicUrl }: StatusDeps): CloudonixAccess["status"] =>
  async () => {
    const [{ domain, hasCloudonixKey }, connection] = await Promise.all([settings.get(), connections.read()]);
    const known = { domain, hasCloudonixKey, publicUrl, publicUrlWarning: publicUrlWarning(publicUrl) };
    if (connection === null) {
      const nothing = { connectedDomain: null, isBusy: false, isDefault: false, steps: [], changedAt: null, canUndo: false };
      return { ...known, ...nothing, state: "never", checkedAt: null, checkFailure: null, drift: [], driftSince: null };
    }
    const { state, isBusy, isDefault, steps, checkFailure } = connection;
    return {
      ...known,
      ...{ state, isBusy, isDefault, steps, checkFailure },
      connectedDomain: connection.domain,
      changedAt: iso(connection.changedAt),
      canUndo: connection.record !== null && connection.domain === domain,
      checkedAt: iso(connection.checkedAt),
      drift: connection.drift ?? [],
      driftSince: iso(connection.driftSince),
    };
  };
