import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { verify } from '../../support/calls.ts';
import { beginSignUp } from '../../support/people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const listHeaders = ({ headers }: Response) =>
  [...headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name));

test('HEAD on the page behind a link responds like GET, without the page, and uses up nothing', async () => {
  const client = app.client();
  const { message } = await beginSignUp(app, client);
  const link = new URL(message.link ?? '');
  const token = link.searchParams.get('token') ?? '';
  for (const path of [
    `${link.pathname}${link.search}`,
    '/verify-email',
    '/reset-password?token=x',
    '/dev/outbox',
    '/pages/strength.js',
  ]) {
    const [get, head] = await Promise.all([fetch(app.url + path), fetch(app.url + path, { method: 'HEAD' })]);
    expect([path, head.status, listHeaders(head)]).toEqual([path, get.status, listHeaders(get)]);
    expect([await head.text(), (await get.text()).length > 0]).toEqual(['', true]);
  }
  expect((await verify(client, { token })).__typename).toBe('EmailVerified');
});
