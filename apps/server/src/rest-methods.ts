/** What is answered at an address that exists to a method that it doesn't take, before any body is read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** `methods` by address, as the router writes it. No page of another site may ask: nothing is said of origins. */
export const answerOtherMethods = (scope: FastifyInstance, methods: ReadonlyMap<string, string[]>): void => {
  for (const [url, taken] of methods) {
    const allowed = [...(taken.includes("GET") ? ["HEAD"] : []), ...taken, "OPTIONS"];
    const refuse = (request: FastifyRequest, reply: FastifyReply) => {
      reply.header("allow", allowed.join(", "));
      if (request.method === "OPTIONS") return reply.code(204).send();
      const message = `This address takes ${allowed.join(", ")}.`;
      return reply.code(405).send({ code: "METHOD_NOT_SUPPORTED", message, requestId: request.id });
    };
    const others = scope.supportedMethods.filter((method) => method === "OPTIONS" || !allowed.includes(method));
    scope.route({ method: others, url, onRequest: async (request, reply) => refuse(request, reply), handler: refuse });
  }
};
