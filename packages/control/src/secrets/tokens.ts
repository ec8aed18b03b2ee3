/** Mints the secrets that are shown once, and hashes those of which only the hash is kept. */
import { hash, randomBytes } from "node:crypto";

/** 256 bits for an Authorization header or a refresh cookie. */
export const mintToken = (): string => randomBytes(32).toString("base64url");

/** 128 bits for the path of a webhook URL: letters and digits only, so that it survives every copy. */
export const mintTenantKey = (): string => randomBytes(16).toString("hex");

/** Tokens have full entropy: a plain hash is enough, and lets them be looked up. */
export const hashToken = (token: string): Buffer => hash("sha256", token, "buffer");
