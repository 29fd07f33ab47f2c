import { MINUTE, SECOND } from '../../src/core/clock.ts';
import type { TestApp } from './app.ts';
import { resend } from './calls.ts';
import { type ApiClient, expectType } from './client.ts';
import type { TestClock } from './clock.ts';

/** The token in a message's link. */
export const tokenFromLink = (link: string | null | undefined): string =>
  new URL(link ?? '').searchParams.get('token') ?? '';

/** A code other than this one. */
export const wrongCodeFor = (code: string | null | undefined): string => (code === '000000' ? '000001' : '000000');

/** Waits until the cool-down is over and requests another message. */
export async function requestNextMessage(
  { app, clock }: { app: TestApp; clock: TestClock },
  client: ApiClient,
  input: { email: string; challengeId?: string },
) {
  const before = (await app.mail(input.email, 0)).length;
  clock.advance(MINUTE + SECOND);
  const challenge = expectType(await resend(client, input), 'Challenge');
  const [message] = await app.mail(input.email, before + 1);
  return { challengeId: challenge.id, code: message?.code ?? '', link: message?.link };
}
