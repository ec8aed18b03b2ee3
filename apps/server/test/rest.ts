/** Speaks to the operators' door as a script does: plain HTTP, plain JSON. */

export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** `token` null: nobody is signed in. */
export const openRest =
  (base: string, token: string | null) =>
  async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${base}/api${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Record<string, unknown> };
  };

export type Rest = ReturnType<typeof openRest>;
