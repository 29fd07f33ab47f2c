import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { SentMessage } from '../../src/features/outbox/outbox.ts';
import { openPages } from '../support/link-pages.ts';

const pages = openPages();

describe('/dev/outbox', () => {
  const message = (changes: Partial<SentMessage> = {}): SentMessage => ({
    id: '0197c1b0-0000-7000-8000-000000000001',
    channel: 'EMAIL',
    to: 'aziza@example.org',
    kind: 'sign-up',
    locale: 'en',
    state: 'sent',
    createdAt: systemClock.now(),
    subject: 'Confirm <b>your</b> address',
    text: 'Your code:\n\n048291\n',
    html: '<p style="color:red">048291</p>',
    code: '048291',
    link: 'https://auth.example.com/verify-email?token=a&b',
    lastError: null,
    ...changes,
  });

  test('shows browsers the code in one element and a link, both escaped', async () => {
    pages.sent = [
      message(),
      message({ subject: null, to: null, text: null, html: null, code: null, link: null, state: 'dead' }),
    ];
    const page = await pages.app.inject({
      url: '/dev/outbox',
      headers: { accept: 'text/html,application/json;q=0.9' },
    });
    expect(page.body).toContain('<p class="code">048291</p>');
    expect(page.body).toContain('href="https://auth.example.com/verify-email?token=a&amp;b"');
    expect(page.body).toContain('Confirm &lt;b&gt;your&lt;/b&gt; address');
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('says when the outbox is empty', async () => {
    expect((await pages.app.inject('/dev/outbox')).body).toContain('No messages yet');
  });

  test('returns JSON to programs', async () => {
    pages.sent = [message()];
    const response = await pages.app.inject({ url: '/dev/outbox', headers: { accept: 'application/json' } });
    expect(response.json()).toMatchObject([
      { to: 'aziza@example.org', code: '048291', state: 'sent', kind: 'sign-up' },
    ]);
    expect(response.headers['content-type']).toContain('application/json');
  });

  test('shows a mail as recipients see it, and runs nothing in it', async () => {
    pages.sent = [message()];
    const mail = await pages.app.inject(`/dev/outbox/${pages.sent[0]?.id}`);
    expect(mail.body).toBe('<p style="color:red">048291</p>');
    expect(mail.headers['content-security-policy']).toContain('sandbox');
    expect(String(mail.headers['content-security-policy'])).not.toContain('script');
    expect((await pages.app.inject('/dev/outbox/nothing')).statusCode).toBe(404);
  });
});
