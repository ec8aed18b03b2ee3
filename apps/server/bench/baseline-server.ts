/** The bare server that the product's door is compared with: parses the same JSON, runs one minimal script, answers constant XML. */
import { createRedisClient } from "@switchboard/execution/client";
import Fastify from "fastify";
import { z } from "zod";
import { createMinimalClaim } from "./minimal-script.ts";
import { untilReady } from "./redis-figures.ts";

const document =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Dial timeout="20" action="http://127.0.0.1/done" method="POST"><Service provider="retell">+15550100101</Service></Dial></Response>';

const [port, redisUrl] = z.tuple([z.coerce.number(), z.string()]).parse(process.argv.slice(2));
// The library's own pipelining; the product's claims have a way of their own.
const redis = createRedisClient({ url: redisUrl, cluster: false, role: "jobs" });
redis.options.enableAutoPipelining = true;
await untilReady(redis);
const claim = await createMinimalClaim(redis);

const app = Fastify({ logger: false });
app.get("/healthz", async () => ({ status: "alive" }));
app.post<{ Body: { Session: string } }>("/voice", async (request, reply) => {
  await claim(request.body.Session);
  return reply.code(200).header("content-type", "application/xml; charset=utf-8").send(document);
});
await app.listen({ port, host: "127.0.0.1" });
