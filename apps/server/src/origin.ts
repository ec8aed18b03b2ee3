/** Which pages may open a WebSocket: our own, as the browser names them. */

type Question = {
  origin: string | undefined;
  host: string | undefined;
  publicUrl: string;
};

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

/** No Origin, no browser: what protects there is the token, which no other site's page can read. */
export const isAllowedOrigin = ({ origin, host, publicUrl }: Question): boolean => {
  if (origin === undefined) return true;
  const from = hostOf(origin);
  return from !== null && (from === host?.toLowerCase() || origin === new URL(publicUrl).origin);
};
