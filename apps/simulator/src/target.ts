/** The Switchboard under play: its doors, and the secrets that Cloudonix would have been given. */
import type { FirstRun } from "./first-run.ts";

export type Target = {
  /** Where requests go, without a slash at the end. */
  baseUrl: string;
  /** The base of the URLs that Switchboard hands out, when it differs (behind a proxy). */
  publicUrl: string;
  tenantKey: string;
  webhookToken: string;
  domain: string;
};

export const targetOf = (firstRun: FirstRun, baseUrl: string = firstRun.url): Target => ({
  baseUrl: baseUrl.replace(/\/+$/, ""),
  publicUrl: new URL(firstRun.webhooks.voiceApplication).origin,
  tenantKey: firstRun.tenantKey,
  webhookToken: firstRun.webhookToken,
  domain: firstRun.domain,
});

export const voiceUrl = (target: Target): string => `${target.baseUrl}/api/webhooks/voice-application/${target.tenantKey}`;
export const sessionUpdateUrl = (target: Target): string => `${target.baseUrl}/api/webhooks/session-update/${target.tenantKey}`;
export const cdrUrl = (target: Target): string => `${target.baseUrl}/api/webhooks/cdr/${target.tenantKey}`;

/** An action URL as Cloudonix would call it; where Switchboard is reached past its public address, the address in use. */
export function reachableUrl(target: Target, url: string): string {
  const { origin } = new URL(url);
  return origin === new URL(target.publicUrl).origin ? new URL(target.baseUrl).origin + url.slice(origin.length) : url;
}
