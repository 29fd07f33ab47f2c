import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegisterEmailDocument, RequestEmailOtpDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { type SmtpStandIn, startSmtp } from '../../support/smtp.ts';

const PUBLIC_URL = 'https://auth.latchkey.example:8443';

// In production, because development refuses other hosts.
let smtp: SmtpStandIn;
let app: TestApp;
beforeAll(async () => {
  smtp = await startSmtp();
  app = await startApp({
    NODE_ENV: 'production',
    OUTBOX_VIEWER: 'off',
    PUBLIC_URL,
    SMTP_URL: smtp.url,
    MAIL_FROM: 'no-reply@latchkey.example',
  });
});
afterAll(() => Promise.all([app.close(), smtp.close()]));

test.each([
  ['Host', { host: 'evil.example' }],
  ['X-Forwarded-Host and -Proto', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
  ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
])('a link uses the configured origin, whatever %s says (T56)', async (_, headers) => {
  const [first, second] = [uniqueEmail(), uniqueEmail()];
  const signUp = { email: first, password: PASSWORD };
  await post({ query: RegisterEmailDocument.toString(), variables: { input: signUp } }, headers);
  await post({ query: RequestEmailOtpDocument.toString(), variables: { input: { email: second } } }, headers);
  for (const [email, page] of [
    [first, 'verify-email'],
    [second, 'sign-in'],
  ] as const) {
    const findMail = () => smtp.accepted.find(({ to }) => to.includes(email))?.raw;
    await expect.poll(findMail).toBeDefined();
    const mail = findMail();
    expect(mail).toMatch(new RegExp(`${PUBLIC_URL}/${page}\\?token=[\\w-]{43}\\b`));
    expect(mail).not.toContain('evil');
  }
});

test.each([
  ['en', 'creates one with this address and with the password', 'the address of an existing account'],
  ['ru', 'с этим адресом и с паролем, выбранным при регистрации', 'адресом существующей учётной записи'],
  ['uz', 'shu manzil va roʻyxatdan oʻtishda tanlangan parol bilan', 'mavjud hisobning manziliga'],
])('the page of a link says in %s what its button does', async (language, signUp, change) => {
  const read = async (path: string) => {
    const url = `${app.url}/${path}?token=${'A'.repeat(43)}`;
    return (await fetch(url, { headers: { 'accept-language': language } })).text();
  };
  expect(await read('verify-email')).toContain(signUp);
  expect(await read('change-email')).toContain(change);
});

/** Unlike fetch, node:http can set the Host header. */
function post(body: object, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = `${app.url}/graphql`;
    const call = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
    call.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}
