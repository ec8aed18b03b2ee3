/** What can be asked and done of one domain, with one key. Nothing here throws for what Cloudonix does or fails to do. */
import { z } from "zod";
import { type Answer, failed } from "./answer.ts";
import type { Ask, Credentials } from "./ask.ts";
import type { components } from "./generated/rest-api.ts";
import {
  applicationShape,
  domainShape,
  nothingShape,
  numberShape,
  type PlatformDomain,
  sessionShape,
  startedCallShape,
  trunkShape,
} from "./shapes.ts";

export type NewCall = components["schemas"]["NewCall"];
export type Switch = components["schemas"]["Switch"];
export type NewApplication = Omit<components["schemas"]["NewApplication"], "type">;

/** `was_over`: the session had ended before. */
export type Ended = "hung_up" | "was_over";

export type DomainClient = ReturnType<typeof createDomainClient>;

export function createDomainClient(ask: Ask, credentials: Credentials) {
  const { domain } = credentials;
  const readDomain = () =>
    guarded([domain], () =>
      ask(credentials, domainShape, (api) => api.GET("/customers/self/domains/{domain}", { params: { path: { domain } } })),
    );
  /** A list that is empty is answered like a domain that isn't there: the domain itself says which. */
  const listed = async <Item>(list: Promise<Answer<Item[]>>): Promise<Answer<Item[]>> => {
    const answer = await list;
    if (answer.ok || answer.failure.kind !== "not_found") return answer;
    const read = await readDomain();
    return read.ok ? { ok: true, value: [] } : read;
  };
  return {
    domain,
    read: readDomain,
    ...configurationOf(ask, credentials, listed),
    ...callsOf(ask, credentials, listed),
  };
}

type Listed = <Item>(list: Promise<Answer<Item[]>>) => Promise<Answer<Item[]>>;

const applicationType = "cxml";

function configurationOf(ask: Ask, credentials: Credentials, listed: Listed) {
  const { domain } = credentials;
  const path = { domain };
  return {
    /** All of the profile: what is left out may be lost. */
    writeProfile: (profile: Record<string, unknown>): Promise<Answer<PlatformDomain>> =>
      guarded([domain], () =>
        ask(credentials, domainShape, (api) =>
          api.PUT("/customers/self/domains/{domain}", { params: { path }, body: { domain, profile } }),
        ),
      ),
    setDefaultApplication: (defaultApplication: number | null): Promise<Answer<PlatformDomain>> =>
      guarded([domain], () =>
        ask(credentials, domainShape, (api) =>
          api.PATCH("/customers/self/domains/{domain}", { params: { path }, body: { domain, defaultApplication } }),
        ),
      ),
    applications: () =>
      guarded([domain], () =>
        listed(
          ask(credentials, z.array(applicationShape), (api) =>
            api.GET("/customers/self/domains/{domain}/applications", { params: { path } }),
          ),
        ),
      ),
    createApplication: (application: NewApplication) =>
      guarded([domain], () =>
        ask(credentials, applicationShape, (api) =>
          api.POST("/customers/self/domains/{domain}/applications", { params: { path }, body: { ...application, type: applicationType } }),
        ),
      ),
    writeApplication: (application: string, change: Omit<NewApplication, "name">) =>
      guarded([domain, application], () =>
        ask(credentials, applicationShape, (api) =>
          api.PUT("/customers/self/domains/{domain}/applications/{application}", {
            params: { path: { domain, application } },
            body: { ...change, type: applicationType },
          }),
        ),
      ),
    numbers: () =>
      guarded([domain], () =>
        listed(ask(credentials, z.array(numberShape), (api) => api.GET("/customers/self/domains/{domain}/dnids", { params: { path } }))),
      ),
    /** Without their passwords. */
    trunks: () =>
      guarded([domain], () =>
        listed(ask(credentials, z.array(trunkShape), (api) => api.GET("/customers/self/domains/{domain}/trunks", { params: { path } }))),
      ),
  };
}

function callsOf(ask: Ask, credentials: Credentials, listed: Listed) {
  const { domain } = credentials;
  return {
    /** In progress and over, as far as the platform still lists them. */
    sessions: () =>
      guarded([domain], () =>
        listed(
          ask(credentials, z.array(sessionShape), (api) =>
            api.GET("/customers/self/domains/{domain}/sessions", { params: { path: { domain } } }),
          ),
        ),
      ),
    /** Hangs up. */
    endSession: async (token: string): Promise<Answer<Ended>> => {
      const answer = await guarded([domain, token], () =>
        ask(credentials, nothingShape, (api) =>
          api.DELETE("/customers/self/domains/{domain}/sessions/{token}", { params: { path: { domain, token } } }),
        ),
      );
      if (answer.ok) return { ok: true, value: "hung_up" };
      return answer.failure.kind === "not_found" ? { ok: true, value: "was_over" } : answer;
    },
    /** Lets go of whoever the session is connected to, and goes on with another document. */
    switchApplication: (token: string, to: Switch) =>
      guarded([domain, token], () =>
        ask(credentials, nothingShape, (api) =>
          api.POST("/calls/{domain}/sessions/{token}/application", { params: { path: { domain, token } }, body: to }),
        ),
      ),
    /** Rings somebody; the token that comes back is the session's. */
    startCall: (call: NewCall) =>
      guarded([domain], () =>
        ask(credentials, startedCallShape, (api) => api.POST("/calls/{domain}/application", { params: { path: { domain } }, body: call })),
      ),
  };
}

/** Within an address these are no names but ways elsewhere: deleting the session ".." would delete the domain. */
const waysElsewhere = new Set(["", ".", ".."]);

async function guarded<Value>(names: string[], ask: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  return names.some((name) => waysElsewhere.has(name)) ? failed({ kind: "not_found" }) : await ask();
}
