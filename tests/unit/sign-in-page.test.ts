import { describe, expect, test } from 'vitest';
import { openPages, TOKEN } from '../support/link-pages.ts';

const pages = openPages();
const { get, post } = pages;

const form = `token=${TOKEN}`;
const isNewUser = { token: 'refresh-token', expiresAt: new Date('2030-01-01'), isNewUser: true };

describe('/sign-in', () => {
  test('names the address, masked and escaped, so that a link to an attacker’s account is noticed', async () => {
    const page = await get(`/sign-in?token=${TOKEN}`);
    expect(page.body).toContain('to sign in to Example &lt;i&gt; as a•••@example.org in this browser');
    expect(page.body).not.toContain('ziza');
    pages.preview = { email: 'aziza<b>@example.org', createsAccount: true };
    const first = await get(`/sign-in?token=${TOKEN}`);
    expect(first.body).toContain('a•••@example.org has no account at Example &lt;i&gt; yet');
    expect(first.body).toContain('<button type="submit">Create account and sign in</button>');
  });

  test('says at once that a link no longer works', async () => {
    pages.preview = 'EXPIRED';
    const page = await get(`/sign-in?token=${TOKEN}`);
    expect(page.statusCode).toBe(410);
    expect(page.body).toContain('This link has expired');
    expect(page.body).not.toContain('<form');
  });

  test('sets the refresh cookie when the button is pressed, and otherwise none', async () => {
    expect((await get(`/sign-in?token=${TOKEN}`)).headers['set-cookie']).toBeUndefined();
    const page = await post('/sign-in', form);
    expect(page.headers['set-cookie']).toBe('refresh=refresh-token');
    expect(page.body).not.toContain('refresh-token');
    pages.outcome = isNewUser;
    expect((await post('/sign-in', form)).body).toContain('<h1 class="good">Your account was created</h1>');
    for (const outcome of ['EXPIRED', 'IN_THE_APP', 'ACCOUNT_DISABLED']) {
      pages.outcome = outcome;
      expect((await post('/sign-in', form)).headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('/sign-in, for an account with a second factor', () => {
  const answer = `token=${TOKEN}&challenge=the-challenge&code=123456`;

  test('asks for a code in the same browser, and sets no cookie before it is right', async () => {
    pages.outcome = { challengeId: 'the-challenge' };
    const asked = await post('/sign-in', form);
    expect([asked.statusCode, asked.headers['set-cookie']]).toEqual([200, undefined]);
    expect(asked.body).toContain('<input type="hidden" name="challenge" value="the-challenge">');
    expect(asked.body).toMatch(/<input id="code" name="code" type="text" autocomplete="one-time-code"/);
    expect(asked.body).not.toContain('aria-invalid="true"');

    pages.secondStep = isNewUser;
    const done = await post('/sign-in', answer);
    expect([done.statusCode, done.headers['set-cookie']]).toEqual([200, 'refresh=refresh-token']);
    expect(pages.codes).toEqual(['the-challenge 123456']);
    expect(pages.used).toEqual([TOKEN]);
  });

  test.each(['en', 'ru', 'uz'])(
    'says in %s that a code is wrong, does not repeat it, and asks again',
    async (language) => {
      for (const problem of [undefined, 'Too <short>.']) {
        pages.secondStep = { problem };
        const again = await post('/sign-in', answer, { 'accept-language': language });
        expect(again.statusCode).toBe(422);
        expect(again.body).toContain(problem ? 'id="problem">Too &lt;short&gt;.' : 'id="problem">');
        expect(again.body).toContain('value="the-challenge"');
        expect(again.body).toMatch(/aria-describedby="problem hint" aria-invalid="true"/);
        expect(again.body).not.toMatch(/123456|\{\w+\}|undefined/);
      }
    },
  );

  test('ends after too many wrong codes, and refuses another site’s form', async () => {
    pages.secondStep = 'TOO_MANY_ATTEMPTS';
    expect((await post('/sign-in', answer)).statusCode).toBe(429);
    expect((await post('/sign-in', answer, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect(pages.codes).toHaveLength(1);
  });
});
