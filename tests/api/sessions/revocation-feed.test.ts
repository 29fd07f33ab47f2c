import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, systemClock } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { parseCursor } from '../../../src/features/sessions/revocation-cursor.ts';
import { MOST_SESSIONS } from '../../../src/features/sessions/revocation-feed.service.ts';
import { revocations } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { describeReplicas, withinASecond } from '../../support/replicas.ts';
import { listRevoked, openFeed, requestFeed } from '../../support/revocation-feed.ts';
import { logOut, logOutAll, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const sidOf = (token: string) => String(decodeJwt(token).sid);
const ISSUER = 'http://localhost:4000';

describe('the revocation feed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(WITHOUT_VERIFICATION);
  });
  afterAll(() => app.close());

  const signOut = async () => {
    const user = await registerUser(app.client());
    await logOut(user.client, user.refreshToken);
    return user;
  };

  test('lists ended sessions for longer than their access tokens are valid, signed with the key of access tokens', async () => {
    const { accessToken } = await signOut();
    const live = await registerUser(app.client());
    const { status, headers, token, tag } = await requestFeed(app.url);
    const { kid, alg } = decodeProtectedHeader(accessToken);
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'revocations+jwt', kid, alg });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/revocations+jwt');
    expect([headers.get('cache-control'), headers.get('set-cookie')]).toEqual(['public, max-age=1', null]);
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);

    const { iss, aud, iat, exp, sessions, ...rest } = await openFeed(app.url, token);
    // An audience of its own: some verifiers look neither at the type nor for a missing audience.
    expect([iss, aud, rest]).toEqual([ISSUER, `${ISSUER}/.well-known/revocations`, {}]);
    expect(exp - iat).toBeGreaterThanOrEqual(40);
    expect(exp - iat).toBeLessThanOrEqual(60);
    const listed = sessions.find(({ sid }) => sid === sidOf(accessToken));
    // A minute longer, because clocks differ and requests that had read the session may still get a token.
    expect(listed?.exp).toBeGreaterThanOrEqual((decodeJwt(accessToken).exp ?? 0) + 60);
    expect(sessions.map(({ sid }) => sid)).not.toContain(sidOf(live.accessToken));
    for (const session of sessions) expect(Object.keys(session).sort()).toEqual(['exp', 'sid']);
  });

  test('contains no more than session ids: no user, address or network', async () => {
    const user = await signOut();
    const { token } = await requestFeed(app.url);
    const text = JSON.stringify(decodeJwt(token));
    for (const secret of [user.email, String(decodeJwt(user.accessToken).sub), user.client.ip])
      expect(text).not.toContain(secret);
  });

  test('is not an access token, and an access token is not a document of the feed', async () => {
    const { accessToken } = await registerUser(app.client());
    await expect(openFeed(app.url, accessToken)).rejects.toThrow('typ');
    const { token } = await requestFeed(app.url);
    const { errors } = await app.client().post({ query: '{ me { id } }' }, { token });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('responds 304 to a client that has the document, also to its strong tag and to a list', async () => {
    const { tag } = await requestFeed(app.url);
    for (const known of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*']) {
      const answer = await requestFeed(app.url, { tag: known });
      if (answer.tag !== tag) continue; // A new period has begun meanwhile.
      expect([answer.status, answer.token]).toEqual([304, '']);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=1');
    }
    expect((await requestFeed(app.url, { tag: '"other"' })).status).toBe(200);
  });

  test('HEAD responds like GET, without the document', async () => {
    const [get, head] = await Promise.all([requestFeed(app.url), requestFeed(app.url, { method: 'HEAD' })]);
    for (const name of ['content-type', 'cache-control']) expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect([head.status, head.token, head.tag !== '']).toEqual([200, '', true]);
  });

  test.each([
    'wait=x',
    'wait=-1',
    'wait=1.5',
    'wait=1&wait=2',
    'since=x',
    'since=',
    'since=1.x',
    'since=1&since=2',
    `since=${'9'.repeat(16)}`,
  ])('rejects ?%s with 400', async (query) => {
    const { status, headers } = await requestFeed(app.url, { query });
    expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
  });

  test('a waiting client gets the revocation as soon as it happens', async () => {
    const user = await registerUser(app.client());
    const { tag } = await requestFeed(app.url);
    const waiting = requestFeed(app.url, { query: 'wait=25', tag });
    await logOut(user.client, user.refreshToken);
    const { status, token } = await waiting;
    expect(status).toBe(200);
    // The document may be that of a new period, just before the logout.
    if (!(await openFeed(app.url, token)).sessions.some(({ sid }) => sid === sidOf(user.accessToken)))
      expect(await listRevoked(app.url)).toContain(sidOf(user.accessToken));
  });

  test('a wait without a change ends with 304 or with a document that is valid for longer', async () => {
    const first = await requestFeed(app.url);
    const answer = await requestFeed(app.url, { query: 'wait=1', tag: first.tag });
    if (answer.status === 304) expect(answer.tag).toBe(first.tag);
    else
      expect((await openFeed(app.url, answer.token)).exp).toBeGreaterThan((await openFeed(app.url, first.token)).exp);
  });

  test('a client without a tag, or with an older one, does not wait', async () => {
    const user = await signOut();
    const { status, token } = await requestFeed(app.url, { query: 'wait=25', tag: 'W/"older"' });
    expect(status).toBe(200);
    expect((await openFeed(app.url, token)).sessions.map(({ sid }) => sid)).toContain(sidOf(user.accessToken));
    expect((await requestFeed(app.url, { query: 'wait=25' })).status).toBe(200);
  });

  test('many polls over one connection leave nothing behind', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on('warning', note);
    const { tag } = await requestFeed(app.url);
    for (let count = 0; count < 15; count += 1) {
      const gone = new AbortController();
      const poll = requestFeed(app.url, { query: 'wait=25', tag, signal: gone.signal });
      setTimeout(() => gone.abort(), 5);
      await poll.catch(() => {});
      await requestFeed(app.url, { query: 'wait=0', tag });
    }
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('requests of the feed are not in the log of a production service unless they fail', async () => {
    const before = app.logged.length;
    await requestFeed(app.url);
    await requestFeed(app.url, { query: 'wait=x' });
    const lines = app.logged.slice(before).filter((line) => line.includes('/.well-known/revocations'));
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([
      expect.stringMatching(/debug/),
      expect.stringMatching(/info/),
    ]);
  });
});

describe('a long list of revocations', () => {
  const COUNT = 2 * MOST_SESSIONS + 5;
  let app: TestApp;
  let ids: string[];
  beforeAll(async () => {
    app = await startApp(WITHOUT_VERIFICATION);
    const now = systemClock.now();
    const rows = Array.from({ length: COUNT }, (_, index) => ({
      sessionId: newId(now),
      // As one statement writes them, and over some time.
      revokedAt: new Date(now.getTime() - (index < MOST_SESSIONS + 1_000 ? 2 * MINUTE : index)),
      expiresAt: new Date(now.getTime() + 9 * MINUTE),
    }));
    for (let first = 0; first < COUNT; first += 5_000)
      await app.app.services.db.insert(revocations).values(rows.slice(first, first + 5_000));
    ids = rows.map(({ sessionId }) => sessionId);
  });
  afterAll(() => app.close());

  test('is refused whole, because an incomplete list would let revoked tokens in (T96)', async () => {
    const { status, headers } = await requestFeed(app.url);
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('is read in parts of less than 1 MiB that together have every session (T96)', async () => {
    const found: string[] = [];
    let since = '0';
    for (let more = true; more; ) {
      const { token } = await requestFeed(app.url, { query: `since=${since}` });
      expect(token.length).toBeLessThan(2 ** 20);
      const content = await openFeed(app.url, token);
      expect(content.since).toBe(since);
      found.push(...content.sessions.map(({ sid }) => sid));
      since = content.next ?? '';
      more = content.more ?? false;
    }
    expect(found.length).toBe(COUNT);
    expect(new Set(found)).toEqual(new Set(ids));

    // The client then asks for what is new. The last half minute is repeated, because rows become visible late.
    const user = await registerUser(app.client());
    await logOut(user.client, user.refreshToken);
    const readNew = async () => openFeed(app.url, (await requestFeed(app.url, { query: `since=${since}` })).token);
    // A list that was just published is replaced half a second later.
    await expect.poll(async () => (await readNew()).sessions.at(-1)?.sid).toBe(sidOf(user.accessToken));
    const { sessions, more } = await readNew();
    expect(more).toBe(false);
    expect(sessions.length).toBeLessThanOrEqual(MOST_SESSIONS);
  });

  test('a network that asks for many different parts at once is refused, other networks and the beginning are not', async () => {
    const { revocationFeed } = app.app.services;
    const future = systemClock.now().getTime() + MINUTE; // Empty parts.
    const ask = (at: number, network: string) => revocationFeed.read({ since: parseCursor(String(at)), network });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(future + index, '192.0.2.1')));
    expect(answers.filter((answer) => answer === 'BUSY').length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer !== 'BUSY').length).toBeGreaterThanOrEqual(20);
    expect(await ask(future + 60, '192.0.2.2')).not.toBe('BUSY');
    expect(await ask(0, '192.0.2.1')).not.toBe('BUSY');
  });
});

describeReplicas('the revocation feed of two replicas', WITHOUT_VERIFICATION, (replicas) => {
  test('a client that waits at one replica gets a revocation by the other within a second', async () => {
    const [here, there] = replicas.replicas();
    const user = await registerUser(there.client());
    let { tag } = await requestFeed(here.url);
    let listed: string[] = [];
    const polling = (async () => {
      while (!listed.includes(sidOf(user.accessToken))) {
        const answer = await requestFeed(here.url, { query: 'wait=25', tag });
        tag = answer.tag;
        if (answer.status === 200) listed = (await openFeed(here.url, answer.token)).sessions.map(({ sid }) => sid);
      }
    })();
    await logOutAll(user.client, user.accessToken);
    await withinASecond(async () => listed.includes(sidOf(user.accessToken)));
    await polling;
  });

  test('both have the same tag for the same list, so a client that alternates still waits', async () => {
    const [here, there] = replicas.replicas();
    await expect
      .poll(async () => {
        const [first, second] = await Promise.all([requestFeed(here.url), requestFeed(there.url)]);
        return first.tag === second.tag;
      })
      .toBe(true);
  });
});
