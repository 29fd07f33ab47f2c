import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoginDocument, RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { refresh } from '../../support/calls.ts';
import { type ApiClient, apiClient, expectType } from '../../support/client.ts';
import { uniqueEmail } from '../../support/people.ts';
import { dumpTables } from '../../support/rows.ts';

// Sends secrets in and searches everything that comes out for them.

const CANARY = 'canary-horse-battery-92-lantern';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'trace', ALLOWED_ORIGINS: 'https://app.example.com' });
});
afterAll(() => app.close());

/** A client that keeps all responses. */
function recordingClient(): { client: ApiClient; responses: string[] } {
  const responses: string[] = [];
  const client = apiClient(app.url);
  const post: ApiClient['post'] = async (body, caller) => {
    const response = await client.post(body, caller);
    responses.push(JSON.stringify([response.data, response.errors]));
    return response;
  };
  return { client: { ...client, post }, responses };
}

const op = (document: { toString(): string }, input: object) => ({ query: document.toString(), variables: { input } });
const DOCUMENTS = {
  verify:
    'mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { __typename ... on Authenticated { accessToken refreshToken } } }',
  resend:
    'mutation($input: RequestEmailVerificationInput!) { requestEmailVerification(input: $input) { __typename ... on Challenge { id } } }',
};

test('passwords, codes, links and tokens appear in no log line, no table and no response (T53, T88)', async () => {
  const { client, responses } = recordingClient();
  const email = uniqueEmail('canary');
  const secrets = [CANARY, `${CANARY}-wrong`];
  const keep = (secret: string | null | undefined): string => {
    if (!secret) throw new Error('a secret is missing');
    secrets.push(secret);
    return secret;
  };

  // A sign-up with repeats, wrong codes and malformed documents, each with a secret.
  const { data } = await client.post(
    op(RegisterEmailDocument, { email, password: CANARY, passwordConfirmation: CANARY }),
  );
  const { id } = (data as { registerEmail: { id: string } }).registerEmail;
  const [message] = await app.mail(email);
  const [code, link] = [keep(message?.code), new URL(keep(message?.link))];
  const token = keep(link.searchParams.get('token'));
  await client.post(op(RegisterEmailDocument, { email, password: `${CANARY}-wrong`, roles: ['ADMIN'] }));
  await client.post({
    query: `mutation { login(input: {identifier: "${email}", password: "${CANARY}"}) { nonsense } }`,
  });
  await client.post({ query: `mutation { login(input: {identifier: "${email}", password: "${CANARY} ) { ` });
  await client.post(`{"query": "mutation", "variables": {"password": "${CANARY}"`);
  await client.post(op(DOCUMENTS.verify, { challengeId: id, token, code }));
  await client.post(op(DOCUMENTS.verify, { challengeId: id, code: code === '000000' ? '000001' : '000000' }));
  const verified = await client.post(op(DOCUMENTS.verify, { challengeId: id, code }));
  await client.post(op(DOCUMENTS.verify, { token }));
  await fetch(`${app.url}${link.pathname}${link.search}`);
  await fetch(`${app.url}${link.pathname}`, { method: 'POST', body: new URLSearchParams({ token }) });
  await fetch(`${app.url}/nowhere?token=${token}&code=${code}`);

  // Logins by body and cookie, with right and wrong passwords, known and unknown.
  const owner = await insertAccount(app);
  for (const identifier of [email, owner.email, uniqueEmail()])
    for (const password of [CANARY, `${CANARY}-wrong`]) await client.post(op(LoginDocument, { identifier, password }));
  await client.post(op(RegisterEmailDocument, { email: owner.email, password: CANARY }));
  await client.post(op(DOCUMENTS.resend, { email: uniqueEmail() }));
  const tokens = (verified.data as { verifyEmail: { accessToken: string; refreshToken: string } }).verifyEmail;
  const cookie = await client.post(op(LoginDocument, { identifier: email, password: CANARY, transport: 'COOKIE' }));
  const inCookie = /^refresh=([^;]+)/.exec(cookie.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
  const next = expectType(await refresh(client, tokens.refreshToken), 'Authenticated');
  await client.post({ query: '{ me { id } }' }, { token: `${tokens.accessToken}x` });

  const bearers = [tokens.accessToken, tokens.refreshToken, inCookie, next.accessToken, next.refreshToken ?? ''];
  for (const bearer of bearers) expect(bearer.length).toBeGreaterThan(100);
  const outlets = {
    log: app.logged.join('\n'),
    tables: await dumpTables(app.app.services.db),
    responses: responses.join('\n'),
  };
  expect(outlets.log).toContain('"audit":"sign-in"');
  expect(outlets.tables).toContain(email);
  expect(outlets.responses).toContain('"Challenge"');

  for (const [outlet, text] of Object.entries(outlets)) {
    for (const secret of secrets) expect(contains(text, secret), `${outlet} holds ${secret}`).toBe(false);
    // Responses contain tokens by design. Searched by signature, because headers repeat.
    if (outlet !== 'responses')
      for (const bearer of bearers)
        expect(contains(text, bearer.split('.').at(-1) ?? ''), `${outlet} holds a token`).toBe(false);
  }
  expect(responses.join('')).not.toMatch(/argon2|digest|sealed/i);
  expect(outlets.responses.split(inCookie)).toHaveLength(1);
  // Addresses are masked in the log.
  expect(outlets.log).not.toContain(email);
});

/** Six digits may occur by chance within a longer number. */
const contains = (text: string, secret: string): boolean =>
  /^\d+$/.test(secret) ? new RegExp(`(?<![\\w-])${secret}(?![\\w-])`).test(text) : text.includes(secret);
