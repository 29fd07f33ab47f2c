import { randomInt, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { monotonic } from '../../src/core/clock.ts';
import { silent } from '../../src/core/log.ts';
import { parsePhone } from '../../src/core/phones.ts';
import { withBreaker } from '../../src/infra/sms/breaker.ts';
import { withPlaces } from '../../src/infra/sms/concurrency.ts';
import type { Sms, SmsSender } from '../../src/infra/sms/sms-sender.ts';
import { type SmsFault, type SmsStandIn, startProvider } from '../support/sms-provider.ts';

export interface OpenedSmsProvider {
  provider: SmsStandIn;
  /** @param origin where the provider is believed to be; the stand-in unless told. @param deadline milliseconds */
  open(options?: { origin?: string; deadline?: number }): SmsSender | Promise<SmsSender>;
}

export const CODE = '048291';
const DIGITS = '901234567';

export function sms(changes: Partial<Sms> = {}): Sms {
  const to = parsePhone(`+998${DIGITS}`);
  if (!to) throw new Error('not a number');
  const text = `Kirish kodi: ${CODE}. Ҳеч кимга айтманг.\n@auth.example.com #${CODE}`;
  return { to, text, locale: 'uz', reference: randomUUID(), ...changes };
}

/** Long enough for a loaded machine to answer, short enough to wait for. */
const DEADLINE = 700;
/** The deadline of the service: no caller waits longer. */
const LONGEST_WAIT = 5_000;

/** What every adapter must hold that speaks to somebody. `open` starts the provider's stand-in. */
export function describeSmsSender(name: string, start: () => Promise<OpenedSmsProvider>): void {
  describe(`SmsSender: ${name}`, () => {
    const running: { close(): Promise<void> }[] = [];
    afterEach(async () => {
      await Promise.all(running.splice(0).map((server) => server.close()));
    });
    async function opened(options: { origin?: string; deadline?: number } = {}) {
      const { provider, open } = await start();
      running.push(provider);
      const sender = await open({ deadline: DEADLINE, ...options });
      return { provider, sender };
    }
    async function trap(): Promise<SmsStandIn> {
      const server = await startProvider({ order: () => undefined, reply: () => ({ status: 200 }) });
      running.push(server);
      return server;
    }

    test('a message arrives once, at its number, with its words, and is answered with sent', async () => {
      const { provider, sender } = await opened();
      const message = sms();
      expect(await sender.send(message)).toEqual({ outcome: 'sent' });
      expect(provider.arrived).toEqual([{ to: message.to, text: message.text }]);
    });

    test('it can be asked whether it would work, and sends nothing for that', async () => {
      const { provider, sender } = await opened();
      expect(await sender.verify()).toEqual({ outcome: 'sent' });
      provider.fault = 'refuses us';
      expect(await sender.verify()).toMatchObject({ outcome: 'unavailable' });
      expect(provider.arrived).toEqual([]);
    });

    test('it can be closed twice', async () => {
      const { sender } = await opened();
      await sender.close();
      await sender.close();
    });

    test.each([
      ['a number that it does not take is refused', 'refuses the number', { outcome: 'refused' }],
      ['429 is heeded', 'is asked too often', { outcome: 'unavailable', retryAfter: 7_000 }],
      ['nobody knows after a 500 (F15)', 'answers 500', { outcome: 'unknown' }],
      ['nobody knows when it hangs up (F15)', 'hangs up', { outcome: 'unknown' }],
      ['nobody knows when it never answers (F15)', 'never answers', { outcome: 'unknown' }],
      ['nobody knows when it takes 20 seconds (F15)', 'is slow', { outcome: 'unknown' }],
      ['nobody knows when its answer never ends (F15)', 'never ends', { outcome: 'unknown' }],
      ['nobody knows when its answer is 100 MB (F15)', 'sends 100 MB', { outcome: 'unknown' }],
      ['nobody knows when it points elsewhere', 'points elsewhere', { outcome: 'unknown' }],
    ] satisfies [string, SmsFault, object][])(
      '%s, and the message is not sent again',
      async (_title, fault, expected) => {
        const { provider, sender } = await opened();
        provider.fault = fault;
        const began = monotonic();
        const delivery = await sender.send(sms());
        expect(delivery).toMatchObject(expected);
        expect(monotonic() - began).toBeLessThan(LONGEST_WAIT);
        expect(provider.arrived).toHaveLength(1);
        // T53: neither the code nor the number, though the provider quotes both.
        expect(JSON.stringify(delivery)).not.toMatch(new RegExp(`${CODE}|${DIGITS}|Kirish`));
      },
    );

    test('credentials that are not accepted are no reason to try again and again', async () => {
      const { provider, sender } = await opened();
      provider.fault = 'refuses us';
      expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable' });
      expect(provider.arrived.length).toBeLessThanOrEqual(2);
      expect(provider.requests()).toBeLessThanOrEqual(4);
    });

    test('an answer of 100 MB is not read to its end', async () => {
      const { provider, sender } = await opened();
      provider.fault = 'sends 100 MB';
      await sender.send(sms());
      await expect.poll(() => provider.written()).toBeGreaterThan(0);
      expect(provider.written()).toBeLessThan(16 * 1024 * 1024);
    });

    test('a redirect leads nowhere', async () => {
      const { provider, sender } = await opened();
      const elsewhere = await trap();
      Object.assign(provider, { fault: 'points elsewhere', elsewhere: elsewhere.origin });
      await sender.send(sms());
      expect(elsewhere.requests()).toBe(0);
    });

    test('a proxy in the environment is not used', async () => {
      const proxy = await trap();
      const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
      const before = names.map((variable) => [variable, process.env[variable]] as const);
      for (const variable of names) process.env[variable] = proxy.origin;
      try {
        const { sender } = await opened();
        expect(await sender.send(sms())).toEqual({ outcome: 'sent' });
        expect(proxy.requests()).toBe(0);
      } finally {
        for (const [variable, value] of before) {
          if (value === undefined) delete process.env[variable];
          else process.env[variable] = value;
        }
      }
    });

    test('a server that is not there is unavailable: nothing was sent', async () => {
      const gone = await trap();
      await gone.close();
      const { sender } = await opened({ origin: gone.origin });
      expect(await sender.send(sms())).toMatchObject({
        outcome: 'unavailable',
        error: expect.stringMatching(/REFUSED/),
      });
      expect(await sender.verify()).toMatchObject({ outcome: 'unavailable' });
    });

    test('nothing is sent in the clear where https was asked for', async () => {
      const plain = await trap();
      const { sender } = await opened({ origin: plain.origin.replace('http:', 'https:') });
      expect(await sender.send(sms())).toMatchObject({ outcome: 'unavailable' });
      expect(plain.requests()).toBe(0);
    });

    test.each(['answers 500', 'never answers', 'hangs up', 'is asked too often'] satisfies SmsFault[])(
      'a provider that %s is left alone, tried with one message, and used again when it answers (F15)',
      async (fault) => {
        const { provider, sender } = await opened({ deadline: 300 });
        let now = 0;
        const guarded = withBreaker(sender, { log: silent, failures: 3, pause: 30_000, now: () => now });
        provider.fault = fault;
        for (let round = 0; round < 12; round++) await guarded.send(sms());
        const before = provider.arrived.length;
        // Who names a time to come back at is believed the first time.
        expect(before).toBe(fault === 'is asked too often' ? 1 : 3);
        expect(await guarded.send(sms())).toMatchObject({ outcome: 'unavailable' });

        now += 30_000;
        const tried = await Promise.all(Array.from({ length: 8 }, () => guarded.send(sms())));
        expect(provider.arrived).toHaveLength(before + 1);
        expect(tried.filter(({ outcome }) => outcome === 'sent')).toEqual([]);

        now += 30_000;
        provider.fault = 'none';
        expect(await guarded.send(sms())).toEqual({ outcome: 'sent' });
        const after = await Promise.all([1, 2, 3].map(() => guarded.send(sms())));
        expect(after).toEqual(Array(3).fill({ outcome: 'sent' }));
      },
    );

    test('numbers that it refuses do not stop the messages to others', async () => {
      const { provider, sender } = await opened();
      const guarded = withBreaker(sender, { log: silent, failures: 3 });
      provider.fault = 'refuses the number';
      for (let round = 0; round < 6; round++) await guarded.send(sms({ text: `Code ${randomInt(1_000_000)}` }));
      provider.fault = 'none';
      expect(await guarded.send(sms())).toEqual({ outcome: 'sent' });
    });

    test('of forty messages at once to a provider that never answers only so many are on their way (F15)', async () => {
      const { provider, sender } = await opened({ deadline: 400 });
      await sender.send(sms());
      provider.fault = 'never answers';
      const before = provider.arrived.length;
      const bounded = withPlaces(sender, 5);
      const deliveries = await Promise.all(Array.from({ length: 40 }, () => bounded.send(sms())));
      expect(provider.arrived).toHaveLength(before + 5);
      expect(deliveries.filter(({ outcome }) => outcome === 'unavailable')).toHaveLength(35);
      provider.fault = 'none';
      expect(await bounded.send(sms())).toEqual({ outcome: 'sent' });
    });
  });
}
