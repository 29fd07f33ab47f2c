import { after, type Clock, DAY } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Origin } from '../../messages/message.ts';
import { messageLocale, type User, verifiedPhone } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

/** Three days: a notice is read later than a code. Of the links in it, and of the notice itself. */
export const NOTICE_TTL = 3 * DAY;

/** What its owner may not have done. */
type Contested =
  | { kind: 'password-changed' | 'new-device' }
  | { kind: 'phone-changed'; oldPhone: Phone | undefined; newPhone: Phone };

/** What an account without an address is told by text message. */
type Texted = 'new-device' | 'password-changed' | 'email-added' | 'account-deleted';

const NOT_ME = { purpose: 'NOT_ME', page: '/not-me' } as const;
const UNDO = { purpose: 'UNDO_EMAIL_CHANGE', page: '/undo-email-change' } as const;

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  publicUrl: string;
}

export type Notices = ReturnType<typeof createNotices>;

/**
 * Tells the owner of an account what has happened to it, in their language and in the transaction of what happened: by
 * mail, or at an account without an address by text message, where there is one of the kind.
 */
export function createNotices({ clock, challenges, outbox, publicUrl }: Dependencies) {
  const originOf = (client: Client): Origin => ({ device: describeDevice(client.userAgent), ip: client.ip });

  const factsOf = (to: Email, origin: Origin) => ({ to, at: clock.now().toISOString(), origin });

  const envelopeFor = (user: User, client: Client) => ({
    locale: messageLocale(user, client.locale),
    expiresAt: after(clock.now(), NOTICE_TTL),
  });

  async function linkFor(tx: Db, way: typeof NOT_ME | typeof UNDO, userId: string, email: Email, payload = {}) {
    const { purpose, page } = way;
    const request = { purpose, subject: email, channel: 'EMAIL', userId, payload } as const;
    const { secrets } = await challenges.issue(tx, request, { code: false, link: NOTICE_TTL });
    const url = new URL(page, publicUrl);
    url.searchParams.set('token', secrets.token ?? '');
    return url.toString();
  }

  /**
   * With a way out for an owner who did not do it: it ends every session and starts a password reset.
   * @param payload what besides is to be taken back
   */
  async function contestable(tx: Db, what: Contested, user: User, client: Client, from: Origin, payload = {}) {
    const email = addressOf(user);
    if (!email) return;
    const notMeLink = await linkFor(tx, NOT_ME, user.id, email, payload);
    const message = { ...what, ...factsOf(email, from), notMeLink, linkTtl: NOTICE_TTL };
    await outbox.enqueue(tx, message, envelopeFor(user, client));
  }

  async function textInstead(tx: Db, kind: Texted, user: User, client: Client) {
    const phone = addressOf(user) ? undefined : phoneOf(user);
    if (phone) await outbox.enqueueSms(tx, { kind, to: phone }, envelopeFor(user, client));
  }

  return {
    async passwordChanged(tx: Db, user: User, client: Client): Promise<void> {
      await contestable(tx, { kind: 'password-changed' }, user, client, originOf(client));
      await textInstead(tx, 'password-changed', user, client);
    },

    /**
     * @param device as the session is called
     * @param bySms whoever signed in has just answered a text message: the owner of the number needs no second one
     */
    async newDevice(tx: Db, user: User, device: string, client: Client, bySms: boolean): Promise<void> {
      await contestable(tx, { kind: 'new-device' }, user, client, { device, ip: client.ip });
      if (!bySms) await textInstead(tx, 'new-device', user, client);
    },

    /**
     * To the old address, with a link that restores it. An address that was never proved gets no such link: it may be a
     * stranger's, mistyped at the sign-up, and the link would hand the account over.
     * @param before the account as it was
     */
    async emailChanged(tx: Db, before: User, newAddress: Email, client: Client): Promise<void> {
      const email = addressOf(before);
      if (!email) return textInstead(tx, 'email-added', before, client);
      const undo = before.emailVerifiedAt && {
        undoLink: await linkFor(tx, UNDO, before.id, email),
        linkTtl: NOTICE_TTL,
      };
      const message = { kind: 'email-changed', ...factsOf(email, originOf(client)), newAddress, ...undo } as const;
      await outbox.enqueue(tx, message, envelopeFor(before, client));
    },

    /**
     * By mail, and by text message to the number before. Who says "this wasn't me" gets rid of the new number, too.
     * @param user with the new number
     * @param before the proved number that the account had
     */
    async phoneChanged(tx: Db, user: User, before: string | null, client: Client): Promise<void> {
      const oldPhone = before === null ? undefined : parsePhone(before);
      const newPhone = phoneOf(user);
      if (oldPhone) await outbox.enqueueSms(tx, { kind: 'phone-changed', to: oldPhone }, envelopeFor(user, client));
      if (!newPhone) return;
      const what = { kind: 'phone-changed', oldPhone, newPhone } as const;
      await contestable(tx, what, user, client, originOf(client), { phone: newPhone });
    },

    /** @param user who is gone after this transaction: the message needs nothing of them any more */
    async accountDeleted(tx: Db, user: User, client: Client): Promise<void> {
      const email = addressOf(user);
      const message = email && ({ kind: 'account-deleted', ...factsOf(email, originOf(client)) } as const);
      if (message) await outbox.enqueue(tx, message, envelopeFor(user, client));
      await textInstead(tx, 'account-deleted', user, client);
    },
  };
}

const addressOf = ({ email }: User): Email | undefined => (email === null ? undefined : parseEmail(email));

const phoneOf = (user: User): Phone | undefined => parsePhone(verifiedPhone(user) ?? '');
