/** Access tokens: short-lived, signed with one algorithm by a key any process derives; they name a session, which alone says who may what. */
import type { RingKey } from "@switchboard/control/key-ring";
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

export type TokenSubject = { tenantId: TenantId; sessionId: string };

export const accessTokenSeconds = 600;

const algorithm = "HS256";
const issuer = "switchboard";
const audience = "switchboard-api";

const claimsSchema = z.object({ tid: z.string().min(1).max(64), sid: z.string().min(1).max(64) });

type FindKey = (id: string) => RingKey | undefined;

/** `keys`: the one in force first; older ones still verify. `find` knows those that came to the ring since. */
export const createAccessTokens = (keys: readonly RingKey[], find: FindKey = () => undefined) => {
  const current = keys[0];
  if (current === undefined) throw new Error("the key ring holds no key");
  const byId = new Map(keys.map(({ id, key }) => [id, key]));

  return {
    mint: ({ tenantId: tenant, sessionId }: TokenSubject): Promise<string> =>
      new SignJWT({ tid: tenant, sid: sessionId })
        .setProtectedHeader({ alg: algorithm, kid: current.id, typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${accessTokenSeconds} s`)
        .sign(current.key),
    /** Null for anything that is not a token of ours in force. */
    read: async (token: string): Promise<TokenSubject | null> => {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = kid === undefined ? undefined : (byId.get(kid) ?? find(kid)?.key);
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          { algorithms: [algorithm], issuer, audience, typ: "JWT", requiredClaims: ["exp", "iat"] },
        );
        const claims = claimsSchema.safeParse(payload);
        return claims.success ? { tenantId: tenantId(claims.data.tid), sessionId: claims.data.sid } : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
};

export type AccessTokens = ReturnType<typeof createAccessTokens>;
