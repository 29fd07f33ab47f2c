import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { randomAddress } from '../support/client.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';

const MEBIBYTE = 1024 * 1024;
/** Distinct callers, each with a document and a token of its own, of some three thousand characters each. */
const STRANGERS = 1_500;
const AT_ONCE = 25;
const PADDING = 'x'.repeat(3_000);

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { log: silent }); // The tests' own log keeps every line.
});
afterAll(() => app.close());

test('memory stays flat over distinct documents, tokens and addresses (F25)', async () => {
  const { post } = app.client();
  const stranger = (n: number) =>
    post(
      { query: `query Stranger${n} { verifyToken(token: "${n}") { active } } # ${PADDING}` },
      { ip: randomAddress(), token: `${n}.${PADDING}` },
    );
  const insertBulkRows = async (from: number, to: number) => {
    for (let n = from; n < to; n += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => stranger(n + index)));
  };

  await insertBulkRows(0, STRANGERS / 3); // Caches fill up to their bounds, and no further.
  const before = heapInUse();
  await insertBulkRows(STRANGERS / 3, STRANGERS);
  const kept = (heapInUse() - before) / (STRANGERS - STRANGERS / 3);
  expect(kept).toBeLessThan(PADDING.length / 2); // bytes a caller
});

test.each([1, 10, 50])('a password of %i MB is refused before it is read (F11)', async (megabytes) => {
  const body = JSON.stringify({
    query: 'mutation ($input: RegisterEmailInput!) { registerEmail(input: $input) { __typename } }',
    variables: { input: { email: uniqueEmail(), password: PASSWORD.repeat((megabytes * MEBIBYTE) / PASSWORD.length) } },
  });
  // The server hangs up in the middle of the upload; a client may see that before it sees the answer.
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
