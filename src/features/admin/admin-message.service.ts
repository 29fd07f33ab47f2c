import type { Config } from '../../config.ts';
import { after, type Clock, DAY } from '../../core/clock.ts';
import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Message } from '../../messages/message.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import { NOTICE_TTL } from '../notices/notice.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

/** An invitation is read later than a reset that somebody waits for; a recovery link lives a day at most (SP 800-63B-4, 4.2). */
const INVITATION_TTL = DAY;

/** From where an administrator works is nobody else's business. */
const UNTOLD = { device: '', ip: '' };

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  passwordReset: Config['passwordReset'];
}

export type AdminMessages = ReturnType<typeof createAdminMessages>;

/** Messages that an administrator's action causes, written in its transaction. */
export function createAdminMessages({ clock, challenges, outbox, passwordReset }: Dependencies) {
  async function notify(tx: Db, user: User, message: Message, client: Client): Promise<void> {
    const envelope = { locale: messageLocale(user, client.locale), expiresAt: after(clock.now(), NOTICE_TTL) };
    await outbox.enqueue(tx, message, envelope);
  }

  const factsOf = (to: Email) => ({ to, at: clock.now().toISOString(), origin: UNTOLD });

  return {
    /**
     * A link by which the owner, and nobody else, chooses a password: the one of a reset. No code, which would have to be
     * presented with an id that only the administrator has. Returns when the link ends.
     * @param email the account's own
     * @param vouched what stays of the account although its address was not proved yet
     */
    async passwordLink(
      tx: Db,
      kind: 'invitation' | 'reset-password',
      user: User,
      email: Email,
      client: Client,
      vouched: { phone?: string | null } = {},
    ): Promise<Date> {
      const linkTtl = kind === 'invitation' ? INVITATION_TTL : passwordReset.linkTtl;
      const whose = { subject: email, userId: user.id, payload: vouched };
      const request = { purpose: 'RESET_PASSWORD', channel: 'EMAIL', ...whose } as const;
      const { challenge, secrets } = await challenges.issue(tx, request, { code: false, link: linkTtl });
      const link = new URL(passwordReset.url);
      link.searchParams.set('token', secrets.token ?? '');
      const message = { kind, to: email, link: link.toString(), linkTtl, origin: UNTOLD };
      const expiresAt = after(challenge.createdAt, linkTtl);
      await outbox.enqueue(tx, message, { locale: messageLocale(user, client.locale), expiresAt });
      return expiresAt;
    },

    /** To the old address. Without the link that takes it back: the mailbox may be why the administrator acts. */
    async emailChanged(tx: Db, before: User, email: string | null, client: Client): Promise<void> {
      const [to, newAddress] = [parseEmail(before.email ?? ''), parseEmail(email ?? '')];
      if (to && newAddress) await notify(tx, before, { kind: 'email-changed', ...factsOf(to), newAddress }, client);
    },

    /** To the address that the account had, about the number that it has now. */
    async phoneChanged(tx: Db, before: User, phone: string | null, client: Client): Promise<void> {
      const to = parseEmail(before.email ?? '');
      const [oldPhone, newPhone]: (Phone | undefined)[] = [parsePhone(before.phone ?? ''), parsePhone(phone ?? '')];
      if (to && newPhone)
        await notify(tx, before, { kind: 'phone-changed', ...factsOf(to), oldPhone, newPhone }, client);
    },

    /** @param user who is gone after this transaction */
    async accountDeleted(tx: Db, user: User, client: Client): Promise<void> {
      const to = parseEmail(user.email ?? '');
      if (to) await notify(tx, user, { kind: 'account-deleted', ...factsOf(to) }, client);
    },
  };
}
