/** How a procedure is reached over REST, beside its place in the router. */

export type RestMethod = "GET" | "POST" | "PUT" | "DELETE";

export type RestRoute = {
  method: RestMethod;
  /** Below `/api`; parts in braces are fields of the input. */
  path: `/${string}`;
  /** One line for people who read the description. */
  summary: string;
  status: 200 | 201;
};

/** Who may ask: set where the check itself is made, so that the description can't say otherwise. */
export type Access = "public" | "signed_in" | "admin";

export type ProcedureMeta = { rest?: RestRoute; access?: Access };

const restOf =
  (method: RestMethod, status: 200 | 201) =>
  (path: `/${string}`, summary: string): ProcedureMeta => ({
    rest: { method, path, summary, status },
  });

/** `rest.creates` is a POST that answers 201. */
export const rest = {
  get: restOf("GET", 200),
  post: restOf("POST", 200),
  creates: restOf("POST", 201),
  put: restOf("PUT", 200),
  delete: restOf("DELETE", 200),
};
