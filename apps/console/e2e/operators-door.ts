/** The REST door as an operator's script uses it: makes what a test needs, and takes it away again. */
import { expect } from "playwright/test";

type Credentials = { email: string; password: string };
type Thing = { id: string; name: string; version: number };

export const openDoor = async (url: string, { email, password }: Credentials) => {
  let token = "";
  const ask = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const response = await fetch(`${url}/api${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    expect(response.ok, `${method} ${path} answered ${response.status}`).toBe(true);
    return (await response.json()) as Answer;
  };
  ({ accessToken: token } = await ask<{ accessToken: string }>("POST", "/auth/login", { email, password }));
  const made: string[] = [];
  const make = async (path: string, body: object): Promise<Thing> => {
    const thing = await ask<Thing>("POST", path, body);
    made.unshift(`${path}/${thing.id}`);
    return thing;
  };
  return {
    ask,
    agent: (name: string, more: object = {}) => make("/voice-agents", { name, provider: "retell", serviceValue: "+15550100199", ...more }),
    group: (name: string, agents: readonly Thing[], more: object = {}) =>
      make("/agent-groups", { name, strategy: "round_robin", members: agents.map(({ id }) => ({ agentId: id })), ...more }),
    rule: (body: object) => make("/inbound-rules", body),
    person: async (role: "admin" | "user"): Promise<Credentials> => {
      const person = { email: `${role}-${crypto.randomUUID().slice(0, 8)}@demo.example`, password: "correct horse battery" };
      await make("/users", { ...person, role });
      return person;
    },
    /** Those of this name, however they were made. */
    named: (path: string, name: string) => ask<{ items: Thing[] }>("GET", `${path}?search=${encodeURIComponent(name)}`),
    /** What was made by hand is taken away as well. */
    forget: (path: string) => made.unshift(path),
    [Symbol.asyncDispose]: async () => {
      for (const path of made) await fetch(`${url}/api${path}`, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
    },
  };
};
