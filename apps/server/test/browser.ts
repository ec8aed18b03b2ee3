/** Signs in as a browser does: keeps the cookie, sends it back, names the page's origin. */

export type Signed = { status: number; body: Record<string, unknown>; setCookie: string | null };

const cookieOf = (setCookie: string | null): string | null => /^[^;]+/.exec(setCookie ?? "")?.[0] ?? null;

/** One browser on the page of `base`; others may be opened with its cookie. */
export const openBrowser = (base: string, given: { cookie?: string | null; origin?: string } = {}) => {
  let cookie = given.cookie ?? null;
  let token: string | null = null;

  const ask = async (method: string, path: string, body?: unknown): Promise<Signed> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        origin: given.origin ?? base,
        ...(cookie === null ? {} : { cookie }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [setCookie = null] = response.headers.getSetCookie();
    if (setCookie !== null) cookie = /=;|Max-Age=0/.test(setCookie) ? null : cookieOf(setCookie);
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown>, setCookie };
    if (typeof answer.body["accessToken"] === "string") token = answer.body["accessToken"];
    return answer;
  };

  return {
    ask,
    signIn: ({ email, password }: { email: string; password: string }) => ask("POST", "/api/auth/login", { email, password }),
    refresh: () => ask("POST", "/api/auth/refresh"),
    cookie: () => cookie,
    token: () => token,
    setToken: (next: string | null) => void (token = next),
    /** The status of the simplest question of a signed-in person. */
    isSignedIn: async () => (await ask("GET", "/api/auth/user")).status === 200,
  };
};
