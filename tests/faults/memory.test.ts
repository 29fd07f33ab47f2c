import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { randomAddress } from '../support/client.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';

const MEBIBYTE = 1024 * 1024;
/** Each caller has its own document, token and address. */
const CALLERS = 1_500;
const AT_ONCE = 25;
const PADDING = 'x'.repeat(3_000);

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { log: silent }); // The default log of the tests keeps every line.
});
afterAll(() => app.close());

test('memory does not grow with the number of distinct documents, tokens and addresses (F25)', async () => {
  const { post } = app.client();
  const sendRequest = (n: number) =>
    post(
      { query: `query Caller${n} { verifyToken(token: "${n}") { active } } # ${PADDING}` },
      { ip: randomAddress(), token: `${n}.${PADDING}` },
    );
  const sendRequests = async (from: number, to: number) => {
    for (let n = from; n < to; n += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => sendRequest(n + index)));
  };

  await sendRequests(0, CALLERS / 3); // Fills the caches up to their limits.
  const before = heapInUse();
  await sendRequests(CALLERS / 3, CALLERS);
  const perCaller = (heapInUse() - before) / (CALLERS - CALLERS / 3);
  expect(perCaller).toBeLessThan(PADDING.length / 2); // Bytes.
});

test.each([1, 10, 50])('a password of %i MB is rejected before the body is read (F11)', async (megabytes) => {
  const body = JSON.stringify({
    query: 'mutation ($input: RegisterEmailInput!) { registerEmail(input: $input) { __typename } }',
    variables: { input: { email: uniqueEmail(), password: PASSWORD.repeat((megabytes * MEBIBYTE) / PASSWORD.length) } },
  });
  // The server may close the connection before the client reads the response.
  const status = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  }).then(
    (response) => response.status,
    () => 413,
  );
  expect(status).toBe(413);
});

function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
