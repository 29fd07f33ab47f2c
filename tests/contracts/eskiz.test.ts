import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Phone } from '../../src/core/identifiers.ts';
import { createBearer } from '../../src/infra/sms/eskiz/bearer.ts';
import { eskizSender } from '../../src/infra/sms/eskiz/eskiz-sender.ts';
import { ESKIZ_EMAIL, ESKIZ_PASSWORD, type EskizStandIn, startEskiz } from '../support/eskiz.ts';
import { CODE, sms } from '../support/sms-example.ts';

const account = { email: ESKIZ_EMAIL, password: ESKIZ_PASSWORD, sender: '4546', callbackUrl: undefined };
const running: EskizStandIn[] = [];

afterAll(() => Promise.all(running.map((eskiz) => eskiz.close())));

async function start(changes: object = {}, { deadline = 30_000, clock = systemClock as Clock } = {}) {
  const eskiz = await startEskiz();
  running.push(eskiz);
  return { eskiz, sender: eskizSender({ apiUrl: eskiz.origin, ...account, ...changes, clock, deadline }) };
}

describe('a bearer token of Eskiz', () => {
  test('is enough for many messages, even parallel ones', async () => {
    const { eskiz, sender } = await start();
    await Promise.all([1, 2, 3, 4, 5].map(() => sender.send(sms())));
    await sender.send(sms());
    expect(eskiz.logins()).toBe(1);
    expect(eskiz.arrived).toHaveLength(6);
  });

  test.each([401, 500] as const)(
    'that has expired and gets %i is renewed once for ten parallel messages, and each is sent once (F36)',
    async (status) => {
      const { eskiz, sender } = await start();
      await sender.send(sms());
      Object.assign(eskiz, { expiredStatus: status });
      eskiz.expireTokens();
      const deliveries = await Promise.all(Array.from({ length: 10 }, () => sender.send(sms())));
      expect(deliveries).toMatchObject(Array(10).fill({ outcome: 'sent' }));
      expect(eskiz.logins()).toBe(2);
      // Ten were rejected and repeated; none was accepted twice.
      expect(eskiz.arrived).toHaveLength(1 + 10 + 10);
    },
  );

  test('is renewed an hour before its end, before a message finds it expired', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const { eskiz, sender } = await start({}, { clock });
    eskiz.tokenLifetime = 2 * 3600;
    await sender.send(sms());
    ahead = 50 * 60_000;
    await sender.send(sms());
    expect(eskiz.logins()).toBe(1);
    ahead = 70 * 60_000;
    await Promise.all([sender.send(sms()), sender.send(sms())]);
    expect(eskiz.logins()).toBe(2);
    expect(eskiz.arrived).toHaveLength(4);
  });

  test('is used until its end if it cannot be renewed early', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const { eskiz, sender } = await start({}, { clock });
    eskiz.tokenLifetime = 2 * 3600;
    await sender.send(sms());
    eskiz.loginReply = { status: 503 };
    ahead = 70 * 60_000;
    expect(await sender.send(sms())).toMatchObject({ outcome: 'sent' });
    ahead = 121 * 60_000;
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable' });
  });

  test('rejected again after one renewal ends the attempt', async () => {
    const { eskiz, sender } = await start();
    eskiz.acceptsNoToken = true;
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable' });
    expect(eskiz.logins()).toBe(2);
    expect(eskiz.arrived).toHaveLength(2);
  });

  test('is not renewed after a 500 that has another reason, and the message is not sent again', async () => {
    const { eskiz, sender } = await start();
    await sender.send(sms());
    eskiz.fault = 'responds with 500';
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unknown' });
    expect(eskiz.logins()).toBe(1);
    expect(eskiz.arrived).toHaveLength(2);
  });

  test('is not sent for with a wrong password: one login per message, and no message', async () => {
    const { eskiz, sender } = await start({ password: 'wrong' });
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable', error: expect.stringContaining('login') });
    expect(await sender.verify()).toMatchObject({ outcome: 'unavailable' });
    expect(eskiz.logins()).toBe(2);
    expect(eskiz.arrived).toHaveLength(0);
  });

  test.each([
    ['fails', { status: 500, body: '' }],
    ['returns something else', { status: 200, body: '<html>maintenance</html>' }],
    ['returns a token that is not valid in a header', { status: 200, body: { data: { token: 'a\r\nx-evil: 1' } } }],
    ['returns no token', { status: 200, body: { data: null } }],
    ['never gets a response', 'never'],
  ] as const)('is missing if a login %s, and nothing is sent', async (_title, loginReply) => {
    const { eskiz, sender } = await start({}, loginReply === 'never' ? { deadline: 1_000 } : {});
    eskiz.loginReply = loginReply;
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable' });
    expect(eskiz.arrived).toHaveLength(0);
    eskiz.loginReply = undefined;
    expect(await sender.send(sms())).toMatchObject({ outcome: 'sent' });
  });

  test('from a login of another message is awaited only until the own deadline', async () => {
    const bearer = createBearer(() => new Promise(() => {}), systemClock);
    void bearer.get(60_000);
    expect(await bearer.get(20)).toEqual({ kind: 'failed', error: 'no response in time' });
  });
});

describe('a message to Eskiz', () => {
  const statusUrl = 'https://auth.example.com/sms/status/1/2';

  test('has the number in digits, the sender, an identifier of at most twelve digits, and the callback', async () => {
    const { eskiz, sender } = await start({ sender: 'Example' });
    eskiz.names.push('Example');
    for (const reference of [randomUUID(), '019f0000-0000-7000-8000-ffffffffffff', '0'.repeat(8)]) {
      const message = sms({ statusUrl, reference });
      const delivery = await sender.send(message);
      expect(delivery).toEqual({ outcome: 'sent', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(eskiz.lastForm()).toEqual({
        mobile_phone: '998901234567',
        message: message.text,
        from: 'Example',
        user_sms_id: expect.stringMatching(/^\d{1,12}$/),
        callback_url: statusUrl,
      });
    }
  });

  test('reports to ESKIZ_CALLBACK_URL instead, or has no callback', async () => {
    const own = await start({ callbackUrl: 'https://example.com/sms' });
    await own.sender.send(sms({ statusUrl }));
    expect(own.eskiz.lastForm().callback_url).toBe('https://example.com/sms');
    const none = await start();
    await none.sender.send(sms());
    expect(none.eskiz.lastForm()).not.toHaveProperty('callback_url');
  });

  test.each([
    ['+77011234567', 'KZ', 'Kod: 1', '0'],
    ['+12025550123', 'US', 'Your code', '0'],
    ['+79161234567', 'RU', 'Ваш код', '1'],
    ['+447400123456', 'GB', "It's\n@a.b #1", '0'],
  ])('to %s goes abroad, with the country %s', async (to, country, text, unicode) => {
    const { eskiz, sender } = await start();
    expect(await sender.send(sms({ to: to as Phone, text, statusUrl }))).toMatchObject({ outcome: 'sent' });
    expect(eskiz.paths.at(-1)).toBe('/api/message/sms/send-global');
    expect(eskiz.lastForm()).toEqual({
      mobile_phone: to.slice(1),
      message: text,
      country_code: country,
      unicode,
      callback_url: statusUrl,
    });
  });

  test.each(['', '{}', 'true', '{"id":"x","status":"waiting"}'])(
    'abroad is sent if the response is 200 and %j',
    async (body) => {
      const { eskiz, sender } = await start();
      eskiz.sendReply = { status: 200, body };
      expect(await sender.send(sms({ to: '+12025550123' as Phone }))).toMatchObject({ outcome: 'sent' });
    },
  );

  test.each([
    ['Этот смс-текст ещё не прошёл модерацию', 400, 'refused', 'the text is not approved'],
    [
      'Этот смс текст (в подпункте "СМС" - "Мои тексты") не прошел модерацию',
      400,
      'refused',
      'the text is not approved',
    ],
    ['SMS text moderatsiyadan oʻtmagan', 400, 'refused', 'the text is not approved'],
    ['Template is not approved', 200, 'refused', 'the text is not approved'],
    ['Для теста СМС текст должен быть одним из этих: Это тест от Eskiz', 400, 'refused', 'a test account'],
    ['Недостаточно средств на балансе', 400, 'unavailable', 'the balance is used up'],
    ['Insufficient balance', 402, 'unavailable', 'the balance is used up'],
    ['Превышен дневной лимит', 400, 'unavailable', 'a limit of the account'],
    ['Номер в чёрном списке', 400, 'refused', 'the number is blacklisted'],
    ['blocked', 403, 'unavailable', 'HTTP 403'],
    [{ mobile_phone: ['invalid'] }, 422, 'refused', 'HTTP 422'],
  ])('that gets %j (HTTP %i) is %s, and the reason is named (F36)', async (message, status, outcome, reason) => {
    const { eskiz, sender } = await start();
    eskiz.sendReply = { status, body: { status: 'error', message } };
    expect(await sender.send(sms())).toMatchObject({ outcome, error: expect.stringContaining(reason) });
  });

  test('with an unreadable response may have been sent', async () => {
    const { eskiz, sender } = await start();
    eskiz.sendReply = { status: 200, body: '<html>' };
    expect(await sender.send(sms())).toMatchObject({ outcome: 'unknown' });
  });

  test('keeps an unknown reason for the operator, unless it quotes the message (T53)', async () => {
    const { eskiz, sender } = await start();
    const rejectWith = async (message: string) => {
      eskiz.sendReply = { status: 400, body: { status: 'error', message } };
      return JSON.stringify(await sender.send(sms()));
    };
    expect(await rejectWith('Error 4711 of the operator')).toContain('Error •••• of the operator');
    expect(await rejectWith(`Refused: ${sms().text.slice(0, 20)}`)).toContain('quote');
    expect(await rejectWith(`Forbidden pair ${CODE} and aziza@example.org\u001b[31m`)).not.toMatch(/0482|aziza|u001b/);
  });
});

describe('a report of Eskiz', () => {
  const read = async (status: string) => {
    const { sender } = await start();
    return sender.readStatus?.({ url: '', fields: { message_id: '4385062', status }, header: () => undefined });
  };

  test.each([
    ['DELIVRD', { status: 'delivered' }],
    ['DELIVERED', { status: 'delivered' }],
    ['delivrd', { status: 'delivered' }],
    ['ACCEPTED', { status: 'accepted' }],
    ['STORED', { status: 'accepted' }],
    ['PARTDELIVERED', { status: 'accepted' }],
    ['ENROUTE', { status: 'accepted' }],
    ['UNDELIV', { status: 'failed', reason: expect.stringContaining('cannot be reached') }],
    ['UNDELIVERABLE', { status: 'failed', reason: expect.stringContaining('cannot be reached') }],
    ['EXPIRED', { status: 'failed', reason: expect.stringContaining('in time') }],
    ['REJECTED', { status: 'failed', reason: expect.stringContaining('blacklisted') }],
    ['REJECTD', { status: 'failed', reason: expect.stringContaining('blacklisted') }],
    ['DELETED', { status: 'failed', reason: expect.stringContaining('sender') }],
    ['SOMETHING', undefined],
    ['', undefined],
  ])('with %s is read', async (status, report) => {
    expect(await read(status)).toEqual(report);
  });
});
