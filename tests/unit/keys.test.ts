import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/clock.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import type { RotationCause } from '../../src/features/keys/key-rotation.service.ts';
import { SIGNING_ALGORITHMS } from '../../src/features/keys/keys.ts';
import { signingKeys } from '../../src/infra/db/tables.ts';
import { openKeys, TOKENS } from '../support/keys.ts';

const { db, createReplica, startReplica, reload, advance, verify, report, readStates } = openKeys();

describe.each(SIGNING_ALGORITHMS)('%s', (algorithm) => {
  test('tokens carry type, algorithm and kid, and verify on another replica', async () => {
    const tokens = { ...TOKENS, algorithm };
    const [one, other] = [await startReplica({ tokens }), await startReplica({ tokens })];
    const token = await one.sign({ sub: 'user' });
    const { payload, protectedHeader } = await verify(other, token);
    expect(payload).toEqual({ sub: 'user' });
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'at+jwt', kid: one.jwks().keys[0]?.kid });
  });

  test('the JWKS contains only public members (T75)', async () => {
    const keys = await startReplica({ tokens: { ...TOKENS, algorithm } });
    const [jwk = {}] = keys.jwks().keys;
    const members = { ES256: ['crv', 'x', 'y'], EdDSA: ['crv', 'x'], RS256: ['e', 'n'] }[algorithm];
    expect(Object.keys(jwk).toSorted()).toEqual(['alg', 'kid', 'kty', 'use', ...members].toSorted());
    expect(jwk).toMatchObject({ alg: algorithm, use: 'sig' });
    if (algorithm === 'RS256') expect(Buffer.from(String(jwk.n), 'base64url')).toHaveLength(3072 / 8);
  });

  test('private keys are encrypted in the database', async () => {
    await startReplica({ tokens: { ...TOKENS, algorithm } });
    const [row] = await db().select({ row: sql<string>`row_to_json(signing_keys)::text` }).from(signingKeys);
    expect(row?.row).toContain('"kty"');
    expect(row?.row).not.toMatch(/"(?:d|p|q|dp|dq|qi)"/);
  });
});

describe('rotation', () => {
  test('publishes the next key before using it, and keeps the old one until its last token has expired', async () => {
    const keys = await startReplica();
    const early = await keys.sign({ sub: 'early' });
    advance(TOKENS.keyRotation - TOKENS.keyPublishLead - 1);
    await reload();
    expect(await readStates()).toEqual(['1 signing']);

    advance(1);
    await reload();
    expect(await readStates()).toEqual(['1 signing', '2 next']);
    const other = await startReplica();
    expect(other.jwks().keys).toHaveLength(2);
    expect(decodeProtectedHeader(await other.sign({})).kid).toBe(decodeProtectedHeader(early).kid);

    advance(TOKENS.keyPublishLead - 1);
    const last = await other.sign({ sub: 'last' });
    advance(1);
    const next = await other.sign({ sub: 'next' });
    expect(decodeProtectedHeader(next).kid).not.toBe(decodeProtectedHeader(last).kid);
    expect(await readStates()).toEqual(['1 retiring', '2 signing']);

    advance(TOKENS.accessTtl);
    const late = await startReplica();
    expect((await verify(late, last)).payload.sub).toBe('last');
    expect(late.jwks().keys).toHaveLength(2);

    advance(MINUTE);
    const later = await startReplica();
    expect(later.jwks().keys).toHaveLength(1);
    expect(await readStates()).toEqual(['2 signing']);
    await expect(verify(later, last)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect((await verify(later, next)).payload.sub).toBe('next');
  });

  test('another replica finds a key that is used at once, even right after a lookup of an unknown kid', async () => {
    const [one, other] = [await startReplica(), await startReplica()];
    await setTimeout(1_100);
    const unknown = { alg: 'ES256', kid: 'x'.repeat(43) };
    await expect(other.verificationKey(unknown)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });

    await one.rotate({ immediately: true });
    expect((await verify(other, await one.sign({ sub: 'next' }))).payload.sub).toBe('next');
  });

  test('on command publishes one key, and the next one only when the first is in use', async () => {
    const keys = await startReplica();
    expect(await keys.rotate()).toMatchObject({ published: true, key: { generation: 2 } });
    expect(await keys.rotate()).toMatchObject({ published: false, key: { generation: 2 } });
    advance(TOKENS.keyPublishLead);
    expect(await keys.rotate()).toMatchObject({ published: true, key: { generation: 3 } });
  });

  test('with --now signs with a new key at once, even if another key is already published', async () => {
    const keys = await startReplica();
    await keys.rotate();
    const { key } = await keys.rotate({ immediately: true });
    expect(key.generation).toBe(3);
    expect(decodeProtectedHeader(await keys.sign({})).kid).toBe(key.kid);
    advance(TOKENS.keyPublishLead);
    expect(decodeProtectedHeader(await keys.sign({})).kid).toBe(key.kid);
  });

  test('happens when ACCESS_TOKEN_ALG changes, and earlier tokens stay valid', async () => {
    const keys = await startReplica();
    const old = await keys.sign({ sub: 'old' });
    const tokens = { ...TOKENS, algorithm: 'EdDSA' as const };
    await reload({ tokens });
    advance(TOKENS.keyPublishLead);
    const changed = await startReplica({ tokens });
    expect(decodeProtectedHeader(await changed.sign({})).alg).toBe('EdDSA');
    expect((await verify(changed, old)).payload.sub).toBe('old');
  });

  test('happens once when replicas have different algorithms, not at every reload', async () => {
    const tokens = { ...TOKENS, algorithm: 'EdDSA' as const };
    await reload();
    for (let round = 0; round < 3; round++) {
      await reload({ tokens });
      await reload();
    }
    expect(await readStates()).toEqual(['1 signing', '2 next']);
  });

  test('reports every new key with its cause', async () => {
    const causes: RotationCause[] = [];
    const onPublished = async (_: unknown, __: unknown, cause: RotationCause) => void causes.push(cause);
    const keys = await startReplica({ onPublished });
    await keys.rotate();
    advance(TOKENS.keyRotation + TOKENS.keyPublishLead);
    await reload({ onPublished });
    advance(TOKENS.keyPublishLead);
    await reload({ onPublished, tokens: { ...TOKENS, algorithm: 'EdDSA' } });
    expect(causes).toEqual(['first', 'command', 'age', 'algorithm']);
  });

  test('does not publish a key when recording it fails', async () => {
    const keys = await startReplica();
    const failing = createReplica({ onPublished: () => Promise.reject(new Error('no')) });
    await expect(failing.rotate()).rejects.toThrow();
    expect(await readStates()).toEqual(['1 signing']);
    expect((await keys.rotate()).published).toBe(true);
  });

  test('rereads the keys before signing if they are too old', async () => {
    const keys = await startReplica({ tokens: { ...TOKENS, keyPublishLead: 0 } });
    const other = await startReplica({ tokens: { ...TOKENS, keyPublishLead: 0 } });
    const { key } = await other.rotate();
    expect(decodeProtectedHeader(await keys.sign({})).kid).toBe(key.kid);
  });
});

describe('forged headers', () => {
  test('an unknown kid is rejected (T64)', async () => {
    const keys = await startReplica();
    const secret = randomBytes(32);
    for (const kid of ['../../etc/passwd', "' or 1=1 --", '', 'x'.repeat(43), 'x'.repeat(5_000)]) {
      const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(secret);
      const verified = jwtVerify(token, keys.verificationKey, { algorithms: ['HS256'] });
      await expect(verified).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    }
  });

  test('a key verifies only its own algorithm, whatever the header says (T65)', async () => {
    const keys = await startReplica();
    const [jwk] = keys.jwks().keys;
    const encoded = [{ alg: 'HS256', typ: 'at+jwt', kid: jwk?.kid }, { sub: 'thief' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createHmac('sha256', JSON.stringify(jwk)).update(encoded).digest('base64url');
    const verified = jwtVerify(`${encoded}.${signature}`, keys.verificationKey, { algorithms: ['HS256', 'ES256'] });
    await expect(verified).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});

describe('after a change of SECRET_KEY', () => {
  const [oldSecret, newSecret] = [randomBytes(32), randomBytes(32)];

  test('without the previous secret startup fails and says what to do', async () => {
    await startReplica({ keyring: createKeyring([oldSecret]) });
    const keys = createReplica({ keyring: createKeyring([newSecret]) });
    await expect(keys.start()).rejects.toThrow(/SECRET_KEY_PREVIOUS.*latchkey keys rotate --now/);
    const found = await report(createKeyring([newSecret]));
    expect(found).toMatchObject([{ state: 'signing', opensWith: 'nothing' }]);
  });

  test('with the previous secret the service works, and a rotation moves to the new one', async () => {
    await startReplica({ keyring: createKeyring([oldSecret]) });
    const both = createKeyring([newSecret, oldSecret]);
    const keys = await startReplica({ keyring: both });
    await keys.sign({});
    await keys.rotate();
    const found = await report(both);
    expect(found).toMatchObject([
      { state: 'signing', opensWith: 'SECRET_KEY_PREVIOUS' },
      { state: 'next', opensWith: 'SECRET_KEY' },
    ]);
  });

  test('with the previous secret lost, an immediate rotation restores the service', async () => {
    await startReplica({ keyring: createKeyring([oldSecret]) });
    const keys = createReplica({ keyring: createKeyring([newSecret]) });
    await keys.rotate({ immediately: true });
    await keys.start();
    await keys.sign({});
  });
});
