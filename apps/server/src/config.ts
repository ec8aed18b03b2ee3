/** Reads the environment, once: every problem is reported at the same time, and nothing else looks at it. */
import { join, resolve } from "node:path";
import { z } from "zod";

const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be a URL such as ${example}`);

const redisUrl = z
  .string()
  .refine(
    (text) => text.split(",").every((node) => URL.canParse(node.trim()) && /^rediss?:$/.test(new URL(node.trim()).protocol)),
    "must be a URL such as redis://127.0.0.1:6379, or several with commas between them for a cluster",
  );

const keyRingPattern = /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?(,[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?)*$/;

const s3Pattern = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

const yesNo = (name: string) =>
  z.enum(["1", "0", "true", "false"], { error: `${name} must be 1 or 0` }).transform((text) => text === "1" || text === "true");

const environmentSchema = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number, 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "must be a port number, 0 to 65535")
    .default(3000),
  HOST: z.string().min(1, "must be an address such as 127.0.0.1").default("127.0.0.1"),
  PUBLIC_URL: url(["http:", "https:"], "https://voice.example.com").optional(),
  DATABASE_URL: url(["mysql:", "mariadb:"], "mysql://user:password@127.0.0.1:3306/switchboard").optional(),
  REDIS_URL: redisUrl.optional(),
  REDIS_CLUSTER: yesNo("REDIS_CLUSTER").default(false),
  DATA_DIR: z.string().min(1).default(".data"),
  SECRET_KEYS: z.string().regex(keyRingPattern, "must be id:key pairs with commas between them, each key 32 bytes in base64").optional(),
  CLOUDONIX_API_URL: url(["http:", "https:"], "https://api.cloudonix.io").default("https://api.cloudonix.io"),
  EXPORT_STORAGE: z
    .string()
    .refine(
      (text) => !text.includes("://") || s3Pattern.test(text),
      "must be a directory, or an object store's bucket such as s3://bucket/prefix",
    )
    .optional(),
  AWS_ENDPOINT_URL_S3: url(["http:", "https:"], "http://127.0.0.1:9000").optional(),
  AWS_ENDPOINT_URL: url(["http:", "https:"], "http://127.0.0.1:9000").optional(),
  AWS_REGION: z.string().optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
  SEED: z.enum(["demo", "none"], { error: "must be demo or none" }).optional(),
  TRUST_PROXY: z.string().optional(),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
});

/** Where exports are kept. The object store's credentials are for its client alone, which finds them as every program of AWS does. */
export type ExportPlace =
  | { kind: "directory"; directory: string }
  | { kind: "s3"; bucket: string /** Empty, or with a slash at its end. */; prefix: string; endpoint: string | null; region: string };

export type Config = {
  production: boolean;
  host: string;
  port: number;
  /** Base of every URL handed to Cloudonix, without a slash at its end. */
  publicUrl: string;
  databaseUrl: string | null;
  redis: { nodes: string[]; cluster: boolean } | null;
  dataDir: string;
  exportPlace: ExportPlace;
  secretKeys: string | null;
  logLevel: string;
  seed: "demo" | "none";
  trustProxy: boolean | number | string;
  metricsToken: string | null;
  /** Base of Cloudonix's REST API, without a slash at its end. */
  cloudonixUrl: string;
};

const trustProxyOf = (text: string | undefined): boolean | number | string => {
  if (text === undefined || text === "" || text === "false" || text === "0") return false;
  if (text === "true") return true;
  return /^\d+$/.test(text) ? Number(text) : text;
};

type ExportVariables = { EXPORT_STORAGE?: string | undefined; AWS_ENDPOINT_URL_S3?: string | undefined } & {
  AWS_ENDPOINT_URL?: string | undefined;
  AWS_REGION?: string | undefined;
};

const exportPlaceOf = (env: ExportVariables, dataDir: string): ExportPlace => {
  const [, bucket, prefix] = s3Pattern.exec(env.EXPORT_STORAGE ?? "") ?? [];
  if (bucket === undefined) return { kind: "directory", directory: resolve(env.EXPORT_STORAGE ?? join(dataDir, "exports")) };
  const path = (prefix ?? "").replace(/\/+$/, "");
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? null;
  return { kind: "s3", bucket, prefix: path === "" ? "" : `${path}/`, endpoint, region: env.AWS_REGION ?? "us-east-1" };
};

/** Problems are lines for a person: `NAME: what is wrong`. Empty values count as absent. */
export const parseConfig = (environment: NodeJS.ProcessEnv): { ok: true; config: Config } | { ok: false; problems: string[] } => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (given.NODE_ENV === "production" && given.SECRET_KEYS === undefined) {
    problems.push("SECRET_KEYS: is required when NODE_ENV=production (id:key, the key 32 random bytes in base64)");
  }
  if (given.REDIS_URL?.includes(",") && given.REDIS_CLUSTER !== "1" && given.REDIS_CLUSTER !== "true") {
    problems.push("REDIS_URL: names several nodes; set REDIS_CLUSTER=1 with them");
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const env = parsed.data;
  const production = env.NODE_ENV === "production";
  return {
    ok: true,
    config: {
      production,
      host: env.HOST,
      port: env.PORT,
      publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ""),
      databaseUrl: env.DATABASE_URL ?? null,
      redis: env.REDIS_URL ? { nodes: env.REDIS_URL.split(",").map((node) => node.trim()), cluster: env.REDIS_CLUSTER } : null,
      dataDir: resolve(env.DATA_DIR),
      exportPlace: exportPlaceOf(env, resolve(env.DATA_DIR)),
      secretKeys: env.SECRET_KEYS ?? null,
      logLevel: env.LOG_LEVEL,
      seed: env.SEED ?? (production ? "none" : "demo"),
      trustProxy: trustProxyOf(env.TRUST_PROXY),
      metricsToken: env.METRICS_TOKEN ?? null,
      cloudonixUrl: env.CLOUDONIX_API_URL.replace(/\/+$/, ""),
    },
  };
};

/**
 * The process's own environment; the only place that reads it. The process counts in UTC from then on: the database's driver writes and
 * reads times as the machine's clock on the wall shows them, whatever the session's zone, and Prisma doesn't.
 */
export const readEnvironment = () => {
  process.env.TZ = "UTC";
  return parseConfig(process.env);
};
