import { after, type Clock, DAY } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { languageOf, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

/** Three days: a notice is read later than a code. */
const NOTICE_TTL = 3 * DAY;

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  publicUrl: string;
}

export type PhoneNotice = ReturnType<typeof createPhoneNotice>;

/** Tells the owner of an account that it has another number now: by mail, and the number that it had before. */
export function createPhoneNotice({ clock, challenges, outbox, publicUrl }: Dependencies) {
  /** Who says "this wasn't me" gets rid of the number, too. */
  async function notMeLink(tx: Db, userId: string, email: string, phone: string): Promise<string> {
    const demand = { purpose: 'NOT_ME', subject: email, channel: 'EMAIL', userId, payload: { phone } } as const;
    const { secrets } = await challenges.issue(tx, demand, { code: false, link: NOTICE_TTL });
    const url = new URL('/not-me', publicUrl);
    url.searchParams.set('token', secrets.token ?? '');
    return url.toString();
  }

  return {
    /** @param tx the transaction of the change @param before the proved number that the account had */
    async write(tx: Db, user: User, before: string | null, client: Client): Promise<void> {
      const posting = { locale: languageOf(user, client.locale), expiresAt: after(clock.now(), NOTICE_TTL) };
      const oldPhone = before === null ? undefined : parsePhone(before);
      if (oldPhone) await outbox.enqueueSms(tx, { kind: 'phone-changed', to: oldPhone }, posting);
      const email = parseEmail(user.email ?? '');
      const newPhone = parsePhone(user.phone ?? '');
      if (!email || !newPhone) return;
      const notice = {
        kind: 'phone-changed',
        to: email,
        oldPhone,
        newPhone,
        at: clock.now().toISOString(),
        origin: { device: describeDevice(client.userAgent), ip: client.ip },
        notMeLink: await notMeLink(tx, user.id, email, newPhone),
        linkTtl: NOTICE_TTL,
      } as const;
      await outbox.enqueue(tx, notice, posting);
    },

    wake(): void {
      outbox.wake('SMS');
      outbox.wake('EMAIL');
    },
  };
}
