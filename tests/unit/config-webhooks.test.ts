import { describe, expect, test } from 'vitest';
import { WEBHOOK_TYPE_NAMES } from '../../src/core/webhook-types.ts';
import { loadErrors, loadOrFail, loadValid, PRODUCTION } from '../support/settings.ts';

const WEBHOOK_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const URL = 'https://app.example.com/hooks';
const given = (env: Record<string, string>) => ({ WEBHOOK_URL: URL, WEBHOOK_SECRET, ...env });

describe('webhook settings', () => {
  test('are off by default', () => {
    expect(loadValid({}).webhooks).toBeUndefined();
    expect(loadErrors({ WEBHOOK_URL: URL })).toEqual(['WEBHOOK_SECRET is required with WEBHOOK_URL']);
    expect(loadOrFail({ WEBHOOK_SECRET }).warnings).toContainEqual(expect.stringContaining('WEBHOOK_SECRET is set'));
  });

  test('name an endpoint by its URL without credentials and query', () => {
    const url = 'https://user:pa%20ss@app.example.com/hooks?key=1';
    expect(loadValid(given({ WEBHOOK_URL: `${url}, https://b.example.com` })).webhooks?.endpoints).toEqual([
      { name: URL, url },
      { name: 'https://b.example.com/', url: 'https://b.example.com/' },
    ]);
    expect(loadErrors(given({ WEBHOOK_URL: `${url},${URL}` }))).toEqual([
      expect.stringMatching(/^WEBHOOK_URL must not/),
    ]);
  });

  test('select all types, or those that are listed', () => {
    const types = (WEBHOOK_EVENTS: string) => [...(loadValid(given({ WEBHOOK_EVENTS })).webhooks?.types ?? [])];
    expect([...(loadValid(given({})).webhooks?.types ?? [])]).toEqual(WEBHOOK_TYPE_NAMES);
    expect(types('user.created')).toEqual(['user.created']);
    expect(types('session.*,user.created')).toContain('session.ended');
    expect(types('user.*')).not.toContain('users.imported');
    expect(types('user.email.*')).toEqual(['user.email.verified', 'user.email.changed']);
    for (const wrong of ['user.creatd', 'user', '.*', 'user.c*', '**'])
      expect(loadErrors(given({ WEBHOOK_EVENTS: wrong })), wrong).toEqual([
        expect.stringMatching(/^WEBHOOK_EVENTS must be a type/),
      ]);
  });

  test.each([
    'C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    'whsec_',
    'whsec_c2hvcnQ=',
    'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7o',
    `whsec_${Buffer.alloc(32, 'a').toString('base64')}`,
    `whsec_${Buffer.alloc(65, 'abcdefghijklmnopqrstuvwxyz').toString('base64')}`,
    `${WEBHOOK_SECRET} ${WEBHOOK_SECRET} ${WEBHOOK_SECRET}`,
  ])('refuse the secret %s and do not quote it', (secret) => {
    const [error = ''] = loadErrors(given({ WEBHOOK_SECRET: secret }));
    expect(error).toMatch(/^WEBHOOK_SECRET must be whsec_/);
    expect(error.replace('whsec_$(', '')).not.toContain(secret.length > 6 ? secret : '\0');
  });

  test('accept two secrets during a rotation', () => {
    const other = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    for (const separator of [' ', ',', ', '])
      expect(loadValid(given({ WEBHOOK_SECRET: other + separator + WEBHOOK_SECRET })).webhooks?.secrets).toEqual([
        other,
        WEBHOOK_SECRET,
      ]);
  });

  test.each([
    'http://127.0.0.1:3000/',
    'http://localhost/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
  ])('refuse %s at the start unless its host is listed (T111)', (url) => {
    expect(loadErrors(given({ WEBHOOK_URL: url }))).toContainEqual(expect.stringContaining('WEBHOOK_PRIVATE_HOSTS'));
    const WEBHOOK_PRIVATE_HOSTS = 'localhost,127.0.0.0/8,10.0.0.1,[::1],169.254.0.0/16';
    expect(loadErrors({ ...PRODUCTION, ...given({ WEBHOOK_URL: url, WEBHOOK_PRIVATE_HOSTS }) })).toEqual([]);
  });

  test('require https in production', () => {
    const WEBHOOK_URL = 'http://app.internal/hooks';
    expect(loadErrors(given({ WEBHOOK_URL }))).toEqual([]);
    expect(loadErrors({ ...PRODUCTION, ...given({ WEBHOOK_URL }) })).toEqual([
      expect.stringMatching(/^WEBHOOK_URL must be https in production/),
    ]);
    expect(loadErrors({ ...PRODUCTION, ...given({ WEBHOOK_URL, WEBHOOK_PRIVATE_HOSTS: 'app.internal' }) })).toEqual([]);
  });

  test.each(['ftp://a.example/', 'app.example.com', 'https://a.example/#x', 'https://'])('refuse the URL %s', (url) => {
    expect(loadErrors(given({ WEBHOOK_URL: url }))).toEqual([expect.stringMatching(/^WEBHOOK_URL must be an http/)]);
  });
});
