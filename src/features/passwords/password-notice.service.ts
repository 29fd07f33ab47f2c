import { after, type Clock, DAY } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { languageOf, provedPhoneOf, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

/** Three days: a notice is read later than a code. */
const NOT_ME_TTL = 3 * DAY;

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  publicUrl: string;
}

export type PasswordNotice = ReturnType<typeof createPasswordNotice>;

/** Tells the owner that the password was changed, with a way out for an owner who did not do it. */
export function createPasswordNotice({ clock, challenges, outbox, publicUrl }: Dependencies) {
  /** For an account without an address: without a way out, for which there is no room. */
  async function noticeBySms(tx: Db, user: User, client: Client): Promise<void> {
    const phone = parsePhone(provedPhoneOf(user) ?? '');
    const posting = { locale: languageOf(user, client.locale), expiresAt: after(clock.now(), NOT_ME_TTL) };
    if (phone) await outbox.enqueueSms(tx, { kind: 'password-changed', to: phone }, posting);
  }

  /** @param tx the transaction of the change */
  return async (tx: Db, user: User, client: Client): Promise<void> => {
    const email = parseEmail(user.email ?? '');
    if (!email) return noticeBySms(tx, user, client);
    const demand = { purpose: 'NOT_ME', subject: email, channel: 'EMAIL', userId: user.id } as const;
    const { challenge, secrets } = await challenges.issue(tx, demand, { code: false, link: NOT_ME_TTL });
    const url = new URL('/not-me', publicUrl);
    url.searchParams.set('token', secrets.token ?? '');
    await outbox.enqueue(
      tx,
      {
        kind: 'password-changed',
        to: email,
        at: clock.now().toISOString(),
        origin: { device: describeDevice(client.userAgent), ip: client.ip },
        notMeLink: url.toString(),
        linkTtl: NOT_ME_TTL,
      },
      { locale: languageOf(user, client.locale), expiresAt: challenge.expiresAt },
    );
  };
}
