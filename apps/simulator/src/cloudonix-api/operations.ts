/** What each operation of the description does, by its name there. Requests have passed the description's own checks. */
import { createHash, randomBytes } from "node:crypto";
import type { StartedCall } from "../call-life.ts";
import type { CallPlan } from "../call-plan.ts";
import { createSeededRandom } from "../seeded-random.ts";
import type { Application, Domain, Platform, Trunk } from "./platform.ts";
import type { PlayedSessions } from "./played-sessions.ts";

export type Answer = { status: number; body: unknown };

/** Whose key a request carries: a customer's opens every domain. */
export type Asker = "customer" | Domain;

type Asked = { domain: Domain; parameters: Record<string, string>; body: Record<string, unknown> };

/** A call that somebody asked for, to be played by whoever plays calls. */
export type PlaceCall = (domain: Domain, plan: CallPlan, started: Omit<StartedCall, "rings">) => void;

type Deps = { platform: Platform; sessions: PlayedSessions; place: PlaceCall };

const ok = (body: unknown): Answer => ({ status: 200, body });
export const refusal = (status: number, message: string): Answer => ({ status, body: { status: false, message } });
const notFound = (what: string): Answer => refusal(404, `${what} not found`);

const described = ({ id, uuid, domain, aliases, defaultApplication, active, profile }: Domain) => ({
  ...{ id, uuid, domain, aliases, defaultApplication, active, profile },
});

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const fieldsOf = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null ? { ...value } : {});

const listed = (items: readonly unknown[], what: string): Answer => (items.length === 0 ? notFound(what) : ok(items));

const documentOf = ({ cxml, url, application, method }: Record<string, unknown>, domain: Domain): StartedCall["document"] | null => {
  if (typeof cxml === "string") return { cxml };
  if (typeof url === "string") return { url, method: method === "GET" ? "GET" : "POST" };
  const found = domain.applications.find(({ name }) => name === application);
  return found?.url ? { url: found.url, method: found.method === "GET" ? "GET" : "POST" } : null;
};

function plannedCall(domain: Domain, body: Record<string, unknown>): CallPlan {
  const session = randomBytes(16).toString("hex");
  return {
    index: Number.parseInt(session.slice(0, 4), 16),
    session,
    sipCallId: `${session.slice(8, 24)}@10.0.0.5`,
    sessionId: Number.parseInt(createHash("sha256").update(session).digest("hex").slice(0, 12), 16),
    from: text(body["caller-id"]) ?? domain.domain,
    to: text(body["destination"]) ?? "",
    callerName: "",
    direction: "outbound-api",
    encoding: "json",
    random: createSeededRandom(session),
  };
}

export type Operations = Readonly<Record<string, (asked: Asked) => Answer>>;

const domainOperations: Operations = {
  readDomain: ({ domain }) => ok(described(domain)),
  // What a request leaves out is lost, as it may be on the platform: whoever relies on a merge is found out.
  writeDomainProfile: ({ domain, body }) => {
    domain.profile = fieldsOf(body["profile"]);
    return ok(described(domain));
  },
  changeDomain: ({ domain, body }) => {
    const chosen = typeof body["defaultApplication"] === "number" ? body["defaultApplication"] : null;
    if (chosen !== null && !domain.applications.some(({ id }) => id === chosen)) return refusal(400, "no such application");
    domain.defaultApplication = chosen;
    return ok(described(domain));
  },
  listNumbers: ({ domain }) => listed(domain.dnids, "dnids"),
  listTrunks: ({ domain }) => listed(domain.trunks satisfies Trunk[], "trunks"),
};

const applicationOperations = (platform: Platform): Operations => {
  const named = (domain: Domain, name: string | undefined): Application | undefined =>
    domain.applications.find((each) => each.name === name || String(each.id) === name);
  return {
    listApplications: ({ domain }) => listed(domain.applications, "applications"),
    createApplication: ({ domain, body }) => {
      if (named(domain, String(body["name"]))) return refusal(400, "there is an application with that name");
      const { name, type, url, method } = body;
      const created = {
        ...{ id: platform.nextId(), name: String(name), type: String(type), url: text(url), method: text(method), active: true },
        profile: fieldsOf(body["profile"]),
      };
      domain.applications.push(created);
      return ok(created);
    },
    writeApplication: ({ domain, parameters, body }) => {
      const found = named(domain, parameters["application"]);
      return found ? ok(Object.assign(found, body)) : notFound("application");
    },
  };
};

const callOperations = ({ sessions, place }: Deps): Operations => ({
  listSessions: ({ domain }) => listed(sessions.list(domain.domain), "sessions"),
  endSession: ({ domain, parameters }) =>
    sessions.tell(domain.domain, parameters["token"] ?? "", { kind: "hang_up" }) ? { status: 204, body: null } : notFound("session"),
  switchApplication: ({ domain, parameters, body }) => {
    const token = parameters["token"] ?? "";
    const to = documentOf(body, domain);
    if (to === null) return refusal(400, "nothing to switch to");
    return sessions.tell(domain.domain, token, { kind: "switch", to }) ? ok({ token, domainId: domain.id }) : notFound("session");
  },
  startCall: ({ domain, body }) => {
    const document = documentOf(body, domain);
    if (document === null) return refusal(400, "nothing to connect with");
    const trunk = text(body["trunk"]);
    if (trunk !== null && !domain.trunks.some(({ name }) => name === trunk)) return refusal(400, "no such trunk");
    const plan = plannedCall(domain, body);
    place(domain, plan, { document, timeoutSeconds: Number(body["timeout"] ?? 60) });
    return ok({ token: plan.session, destination: plan.to, direction: "outbound-api", domainId: domain.id });
  },
});

/** Those about a domain; whoever asks may ask about it. */
export const createOperations = (deps: Deps): Operations => ({
  ...domainOperations,
  ...applicationOperations(deps.platform),
  ...callOperations(deps),
});
