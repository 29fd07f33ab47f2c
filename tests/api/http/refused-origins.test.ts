import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/infra/log.ts';
import { startHttp } from '../../support/http.ts';

const written: string[] = [];
const log = createLog({ level: 'info' }, { write: (text) => void written.push(text) });
/** The origins that the log says were refused, with what to do. */
const refused = () =>
  written.map((text) => JSON.parse(text)).flatMap(({ msg, origin }) => (/ALLOWED_ORIGINS/.test(msg) ? [origin] : []));

const servers: Awaited<ReturnType<typeof startHttp>>[] = [];
const start = async (production: boolean) => {
  const server = await startHttp({ log, production, http: { allowedOrigins: ['https://app.example.com'] } });
  servers.push(server);
  return (origin: string) => server.graphql('{ hello }', { headers: { origin } });
};
beforeEach(() => void written.splice(0));
afterAll(() => Promise.all(servers.map(({ app }) => app.close())));

describe('the origin of a page that was refused', () => {
  test('is in the log of a development server once, even if it comes often', async () => {
    const send = await start(false);
    await Promise.all(Array.from({ length: 10 }, () => send('https://other.example.com')));
    await send('http://192.168.1.4:5173');
    await send('https://other.example.com');
    await send('https://app.example.com');
    expect(refused()).toEqual(['https://other.example.com', 'http://192.168.1.4:5173']);
  });

  test('does not fill the log: there are at most a hundred, and each is cut', async () => {
    const send = await start(false);
    for (let number = 0; number < 120; number++) await send(`https://${number}.example.com`);
    expect(refused()).toHaveLength(100);
    const other = await start(false);
    written.splice(0);
    await other(`https://${'x'.repeat(5_000)}.example.com`);
    expect(refused()[0]).toHaveLength(200);
  });

  test('is not in the log in production, where any website can send requests', async () => {
    const send = await start(true);
    await send('https://other.example.com');
    expect(refused()).toEqual([]);
  });
});
