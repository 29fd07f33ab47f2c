import { newId } from '../../src/core/ids.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { createChallengeDigests } from '../../src/features/challenges/challenge-digests.ts';
import { type ChallengePurpose, challenges } from '../../src/infra/db/tables.ts';
import type { TestApp } from './app.ts';
import { loadTestConfig } from './config.ts';

interface Planted {
  purpose: ChallengePurpose;
  /** The token that answers it. */
  token: string;
  userId?: string | undefined;
  payload?: Record<string, unknown>;
}

/** Writes a challenge with a token that the test knows, as if the service had drawn it. Returns its ID. */
export async function plantChallenge({ app }: TestApp, { purpose, token, userId, payload = {} }: Planted) {
  const now = new Date();
  const id = newId(now);
  const expiresAt = new Date(now.getTime() + 600_000);
  const digests = createChallengeDigests(createKeyring(loadTestConfig({}).secrets));
  await app.services.db.insert(challenges).values({
    id,
    purpose,
    subject: userId ?? 'example.org',
    channel: 'CLIENT',
    userId: userId ?? null,
    tokenDigest: digests.ofToken(token)[0],
    payload,
    maxAttempts: 3,
    codeExpiresAt: expiresAt,
    expiresAt,
    createdAt: now,
  });
  return id;
}
