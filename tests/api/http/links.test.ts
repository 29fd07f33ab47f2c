import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';

const PUBLIC_URL = 'http://auth.latchkey.example:8443';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ PUBLIC_URL });
});
afterAll(() => app.close());

test.each([
  ['Host', { host: 'evil.example' }],
  ['X-Forwarded-Host and -Proto', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
  ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
])('a link uses the configured origin, whatever %s says (T56)', async (_, headers) => {
  const email = uniqueEmail();
  await post({ query: RegisterEmailDocument.toString(), variables: { input: { email, password: PASSWORD } } }, headers);
  const [message] = await app.mail(email);
  expect(message?.link).toMatch(new RegExp(`^${PUBLIC_URL}/verify-email\\?token=[\\w-]{43}$`));
  expect(message?.text).not.toContain('evil');
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
