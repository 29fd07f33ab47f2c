import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import {
  type ClaimSubject,
  type ClaimTemplate,
  resolveClaims,
  usesMetadata,
} from '../../core/token-claims/claim-template.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Metadata } from '../accounts/metadata.service.ts';
import { NO_METADATA } from '../accounts/metadata.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';

/** Bytes of all custom claims together, as JSON. MAX_ACCESS_TOKEN_LENGTH depends on it. */
export const CUSTOM_CLAIMS_MAX_BYTES = 2048;

/** The claims of ACCESS_TOKEN_CLAIMS. */
export interface CustomClaims {
  /**
   * The user's claims. None of them if they are too large, with a line in the log: a part of them could mean more than the
   * whole, such as a rule without its exception.
   * @param tx the transaction of the caller, if there is one: with another connection it could wait for itself
   */
  of(user: User, tx?: Db): Promise<JsonObject>;
  /**
   * Whether the claims of a user with this data are not too large, and stay so whatever address and number the user verifies.
   * A user could otherwise remove all claims, such as one that forbids something.
   */
  fit(user: User, publicMetadata: JsonObject): boolean;
}

interface Dependencies {
  /** Undefined: there are no such claims, which costs nothing. */
  template: ClaimTemplate | undefined;
  metadata: Pick<Metadata, 'of' | 'read'>;
  log: Log;
}

const NO_CLAIMS: JsonObject = {};

type Contacts = Pick<ClaimSubject, 'email' | 'phone'>;

/** Characters that addresses and numbers in E.164 have at most. */
const LONGEST: Contacts = { email: 'x'.repeat(254), phone: '0'.repeat(16) };

export function createCustomClaims({ template, metadata, log }: Dependencies): CustomClaims {
  if (!template) return { of: async () => NO_CLAIMS, fit: () => true };
  const needsMetadata = usesMetadata(template);

  const resolve = (user: User, publicMetadata: JsonObject, contacts: Contacts): JsonObject | undefined => {
    const { id, roles, permissions } = user;
    const claims = resolveClaims(template, { id, roles, permissions, publicMetadata, ...contacts });
    return Buffer.byteLength(JSON.stringify(claims)) > CUSTOM_CLAIMS_MAX_BYTES ? undefined : claims;
  };

  const verified = (user: User): Contacts => ({
    email: user.emailVerifiedAt === null ? null : user.email,
    phone: verifiedPhone(user),
  });

  const read = (id: string, tx?: Db) => (tx ? metadata.read(tx, id) : metadata.of(id));

  return {
    async of(user, tx) {
      const { publicMetadata } = needsMetadata ? await read(user.id, tx) : NO_METADATA;
      const claims = resolve(user, publicMetadata, verified(user));
      if (claims) return claims;
      log.error({ userId: user.id }, 'ACCESS_TOKEN_CLAIMS: the claims are too large, so the token has none of them');
      return NO_CLAIMS;
    },

    fit: (user, publicMetadata) => resolve(user, publicMetadata, LONGEST) !== undefined,
  };
}
