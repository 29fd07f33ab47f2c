import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChallengePurpose } from '../../../src/infra/db/tables.ts';
import { passkeys } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { finishLogin, finishRegistration } from '../../support/passkeys.ts';
import { plantChallenge } from '../../support/planted-challenges.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import vectors from '../../support/webauthn-vectors.json' with { type: 'json' };

// Responses that we did not make: those of the specification. Each signs a known challenge, which is planted.

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    ...WITHOUT_VERIFICATION,
    PASSKEY_RP_ID: 'example.org',
    PASSKEY_ORIGINS: 'https://example.org',
  });
});
afterAll(() => app.close());

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

const toResponse = (credentialId: string, fields: Record<string, string>) => {
  const id = base64url(credentialId);
  return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: fields });
};

const plant = (purpose: ChallengePurpose, hex: string, userId?: string, payload = {}) =>
  plantChallenge(app, { purpose, token: base64url(hex), userId, payload });

const USER_HANDLE = 'dGhlIGhhbmRsZQ';

async function register({ registration }: (typeof vectors)['packedEs256']) {
  const user = await registerUser(app.client());
  const { id } = user.user;
  const challengeId = await plant('PASSKEY_REGISTRATION', registration.challenge, id, { userHandle: USER_HANDLE });
  const { credential_id: credentialId, clientDataJSON, attestationObject } = registration;
  const response = toResponse(credentialId, {
    clientDataJSON: base64url(clientDataJSON),
    attestationObject: base64url(attestationObject),
  });
  return { user, outcome: await finishRegistration(user.client, user.accessToken, { challengeId, response }) };
}

async function signIn(
  { registration, authentication }: (typeof vectors)['packedEs256'],
  change: (hex: string) => string,
) {
  const challengeId = await plant('PASSKEY_LOGIN', authentication.challenge);
  const { clientDataJSON, authenticatorData, signature } = authentication;
  const response = toResponse(registration.credential_id, {
    clientDataJSON: base64url(clientDataJSON),
    authenticatorData: base64url(authenticatorData),
    signature: base64url(change(signature)),
    userHandle: USER_HANDLE,
  });
  return finishLogin(app.client(), challengeId, response);
}

describe('the test vectors of Web Authentication Level 3', () => {
  test('ES256 with a certificate: the passkey is saved without its certificate, and signs in', async () => {
    const { user, outcome } = await register(vectors.packedEs256);
    expectType(outcome, 'PasskeySaved');
    const [row] = await app.app.services.db.select().from(passkeys);
    expect(row).toMatchObject({
      userId: user.user.id,
      aaguid: '876ca4f5-2071-c3e9-b255-09ef2cdf7ed6',
      isBackupEligible: true,
      isBackedUp: false,
    });
    const lastByte = (hex: string) => `${hex.slice(0, -2)}${hex.endsWith('00') ? '01' : '00'}`;
    expectType(await signIn(vectors.packedEs256, lastByte), 'ChallengeFailed');
    await app.app.services.db.execute('delete from challenges');
    const session = expectType(await signIn(vectors.packedEs256, (hex) => hex), 'Authenticated');
    expect(session.user.id).toBe(user.user.id);
  });

  test.each(['noneEs256', 'selfEs256', 'packedRs256'] as const)(
    '%s: the passkey is saved, and does not sign in alone without user verification (T108)',
    async (name) => {
      const { outcome } = await register(vectors[name]);
      expectType(outcome, 'PasskeySaved');
      const refused = expectType(await signIn(vectors[name], (hex) => hex), 'ChallengeFailed');
      expect(refused.reason).toBe('PASSKEY_REJECTED');
    },
  );

  test('crossOrigin: a registration in a frame of another site is refused', async () => {
    const { outcome } = await register(vectors.crossOrigin);
    expect(expectType(outcome, 'ChallengeFailed').reason).toBe('PASSKEY_REJECTED');
  });
});
