import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../../src/infra/log.ts';
import { CANARY, exchangeBytes, startHttp, type TestServer } from '../../support/http.ts';

const written: string[] = [];
const log = createLog({ level: 'debug' }, { write: (text) => void written.push(text) });
const lines = () => written.map((text) => JSON.parse(text));

let server: TestServer;
beforeAll(async () => {
  server = await startHttp({ log });
});
beforeEach(() => void written.splice(0));
afterAll(() => server.app.close());

test('a request is one line with client, operation, status and duration', async () => {
  await server.graphql('query Greeting { hello }', { headers: { 'x-request-id': 'id-1' } });
  await server.graphql('{ hello }');
  await expect.poll(() => written.length).toBe(2);
  expect(lines()).toMatchObject([
    {
      level: 'info',
      requestId: 'id-1',
      method: 'POST',
      route: '/graphql',
      operation: 'Greeting',
      status: 200,
      ip: '127.0.0.1',
      ms: expect.any(Number),
      msg: 'request',
    },
    { operation: 'hello' },
  ]);
});

test('URLs are not logged (T53)', async () => {
  await fetch(`${server.url}/graphql?query={hello}&token=canary-token`);
  await fetch(`${server.url}/canary-path?token=canary-token`);
  await expect.poll(() => written.length).toBe(2);
  expect(written.join('')).not.toContain('canary');
});

test('an error is logged without statement, parameters, addresses or bodies (T88)', async () => {
  for (const how of ['BUG', 'SQL', 'WRAPPED', 'FOREIGN']) await server.graphql(`{ fails(how: ${how}) }`);
  await server.post(`{"query":"{hello}", "password": ${CANARY}}`);
  await expect.poll(() => lines().filter(({ msg }) => msg === 'request').length).toBe(5);
  expect(written.join('')).not.toContain('canary');
  const [bug] = lines().filter(({ msg }) => msg === 'a resolver failed');
  expect(bug).toMatchObject({ level: 'error', requestId: expect.any(String), operation: 'fails' });
  expect(JSON.stringify(bug.err)).toContain('TypeError');
  expect(lines().filter(({ msg }) => msg === 'a dependency is unavailable')).toHaveLength(1);
});

test('secret fields are redacted at any depth (T88)', () => {
  log.info(
    {
      token: 'canary',
      deep: { password: 'canary', list: [{ Authorization: 'canary', refreshToken: 'canary' }] },
      code: 'canary',
      kept: 1,
    },
    'm',
  );
  expect(written.join('')).not.toContain('canary');
  expect(lines()[0]).toMatchObject({ kept: 1, deep: { password: '[redacted]' } });
});

test('an error is logged with SQLSTATE and constraint, and without the values that its message quotes', () => {
  const conflict = Object.assign(new Error('dup'), {
    severity: 'ERROR',
    code: '23505',
    constraint_name: 'users_email_key',
    detail: CANARY,
  });
  log.error({ err: Object.assign(new Error(`Failed query ${CANARY}`), { query: CANARY, cause: conflict }) }, 'm');
  log.error({ err: new Error(`no route for ${CANARY}, code 123456, redis://user:canary@host:6379`) }, 'm');
  expect(written.join('')).not.toContain('canary');
  expect(lines()[0].err.cause).toMatchObject({ code: '23505', constraint: 'users_email_key' });
  expect(lines()[1].err.message).toContain('code [digits]');
});

test('client input cannot break a log line (T89)', async () => {
  const evil = 'x\r\n{"level":"info","msg":"forged"}\u001b[31m\u009b31m';
  log.warn({ device: evil, userName: evil }, 'm');
  await exchangeBytes(
    server.port,
    'GET /a%0d%0ab%1b[31m HTTP/1.1\r\nhost: localhost\r\nx-request-id: a\x1bb\r\nuser-agent: \x1b[31m\r\nconnection: close\r\n\r\n',
  );
  await expect.poll(() => written.length).toBeGreaterThan(0);
  for (const text of written) {
    for (const control of ['\r', '\n', '\u001b']) expect(text.slice(0, -1)).not.toContain(control);
    expect(() => JSON.parse(text)).not.toThrow();
  }
  expect(lines().some(({ msg }) => msg === 'forged')).toBe(false);
});
