import {
  createLatchkey,
  type Latchkey,
  type LatchkeyOptions,
  memoryStorage,
  type TokenStorage,
} from '@latchkey/client';
import { onTestFinished } from 'vitest';
import type { TestApp } from './app.ts';
import { randomAddress } from './client.ts';
import { PASSWORD, uniqueEmail } from './people.ts';

/** What the network does with a request, in place of passing it on. */
export type Interference = (
  pass: () => Promise<Response>,
  operation: string,
  signal: AbortSignal,
) => Promise<Response> | undefined;

export interface TestLatchkey extends Latchkey {
  /** Names of the operations that were sent, in order. */
  sent: string[];
  /** Set it to disturb the network. */
  network: { interfere: Interference | undefined };
  storage: TokenStorage;
  /** Makes the clock of the device show a later time. */
  passTime(seconds: number): void;
}

/** A client of the service with its own network address, over a network that can fail. */
export function testLatchkey(app: TestApp, options: Partial<LatchkeyOptions> = {}): TestLatchkey {
  const sent: string[] = [];
  const network: TestLatchkey['network'] = { interfere: undefined };
  const ip = randomAddress();
  let passed = 0;
  const storage = options.storage ?? memoryStorage();
  const latchkey = createLatchkey({
    url: app.url,
    transport: 'body',
    headers: { 'x-forwarded-for': ip },
    fetch: async (resource, init) => {
      const [, operation = ''] = /(?:query|mutation) (\w+)/.exec(String(init?.body)) ?? [];
      sent.push(operation);
      const pass = () => fetch(resource, init);
      return network.interfere?.(pass, operation, init?.signal ?? new AbortController().signal) ?? pass();
    },
    now: () => Date.now() + passed,
    ...options,
    storage,
  });
  onTestFinished(() => latchkey.close());
  // Its getters must stay, so no copy.
  return Object.assign(latchkey, {
    sent,
    network,
    storage,
    passTime: (seconds: number) => {
      passed += seconds * 1_000;
    },
  });
}

/** Until the client gives up. */
export const noResponse: Interference = (_pass, _operation, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

export const noNetwork: Interference = () => Promise.reject(new TypeError('fetch failed'));

/** A client that is signed in as a new user. Needs EMAIL_VERIFICATION=off. */
export async function signedIn(app: TestApp, options?: Partial<LatchkeyOptions>) {
  const latchkey = testLatchkey(app, options);
  const email = uniqueEmail();
  const result = await latchkey.registerEmail({ email, password: PASSWORD });
  if (result.__typename !== 'Authenticated') throw new Error(result.__typename);
  latchkey.sent.length = 0;
  return Object.assign(latchkey, { email, signedInAs: result });
}
