import { after, type Clock } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { NoticeMessage, Origin } from '../../messages/message.ts';
import type { TextNotice } from '../../messages/sms.ts';
import { messageLocale, type User, verifiedPhone } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { NoticeLimits } from '../send-limits/notice-limits.ts';
import { createNoticeLinks, NOTICE_TTL } from './notice-links.ts';

/**
 * Notifies the owner of a change, in its transaction: by email, or by text message if the account has no address.
 * Notices of changes that an attacker may have made have a "this wasn't me" link.
 */
export interface Notices {
  passwordChanged(tx: Db, user: User, client: Client): Promise<void>;
  /**
   * @param bySms the user has just answered a text message: the owner of the number needs no second one
   */
  newDevice(tx: Db, user: User, client: Client, bySms: boolean): Promise<void>;
  /**
   * Goes to the old address, with a link that restores it. An unverified old address gets no link: it may have been
   * mistyped at sign-up, and the link would give the account to its owner.
   * @param before the account before the change
   */
  emailChanged(tx: Db, before: User, newAddress: Email, client: Client): Promise<void>;
  /**
   * Goes to the address and to the old number. The "this wasn't me" link also removes the new number.
   * @param user with the new number
   * @param before the verified number that the account had
   */
  phoneChanged(tx: Db, user: User, before: string | null, client: Client): Promise<void>;
  /** @param user deleted by this transaction, so the message must not need the row later */
  accountDeleted(tx: Db, user: User, client: Client): Promise<void>;
}

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  noticeLimits: Pick<NoticeLimits, 'permitNotice'>;
  publicUrl: string;
}

/** A change that an attacker may have made. */
type Contestable =
  | { kind: 'password-changed' | 'new-device' }
  | { kind: 'phone-changed'; oldPhone: Phone | undefined; newPhone: Phone };

/** Changes for which an account without an address gets a text message. */
type Texted = 'new-device' | 'password-changed' | 'email-added' | 'account-deleted';

export function createNotices({ clock, challenges, outbox, noticeLimits, publicUrl }: Dependencies): Notices {
  const links = createNoticeLinks({ challenges, publicUrl });

  const facts = (to: Email, origin: Origin) => ({ to, at: clock.now().toISOString(), origin });

  const envelope = (user: User, client: Client) => ({
    locale: messageLocale(user, client.locale),
    expiresAt: after(clock.now(), NOTICE_TTL),
  });

  async function sendMail(tx: Db, message: NoticeMessage, user: User, client: Client): Promise<void> {
    const request = { userId: user.id, channel: 'EMAIL', kind: message.kind, client } as const;
    const { permit, more } = await noticeLimits.permitNotice(tx, request);
    await outbox.enqueue(tx, permit, { ...message, more }, envelope(user, client));
  }

  async function sendText(tx: Db, message: TextNotice, user: User, client: Client): Promise<void> {
    const request = { userId: user.id, channel: 'SMS', kind: message.kind, client } as const;
    const { permit, more } = await noticeLimits.permitNotice(tx, request);
    await outbox.enqueueSms(tx, permit, { ...message, more }, envelope(user, client));
  }

  async function mailContestable(tx: Db, change: Contestable, user: User, client: Client) {
    const email = readAddress(user);
    if (!email) return;
    const payload = change.kind === 'phone-changed' ? { phone: change.newPhone } : undefined;
    const notMeLink = await links.notMe(tx, { userId: user.id, email, payload });
    const message = { ...change, ...facts(email, describeOrigin(client)), notMeLink, linkTtl: NOTICE_TTL };
    await sendMail(tx, message, user, client);
  }

  async function textIfNoAddress(tx: Db, kind: Texted, user: User, client: Client) {
    const phone = readAddress(user) ? undefined : readPhone(user);
    if (phone) await sendText(tx, { kind, to: phone }, user, client);
  }

  return {
    async passwordChanged(tx, user, client) {
      await mailContestable(tx, { kind: 'password-changed' }, user, client);
      await textIfNoAddress(tx, 'password-changed', user, client);
    },

    async newDevice(tx, user, client, bySms) {
      await mailContestable(tx, { kind: 'new-device' }, user, client);
      if (!bySms) await textIfNoAddress(tx, 'new-device', user, client);
    },

    async emailChanged(tx, before, newAddress, client) {
      const email = readAddress(before);
      if (!email) return textIfNoAddress(tx, 'email-added', before, client);
      const undo = before.emailVerifiedAt && {
        undoLink: await links.undoEmailChange(tx, { userId: before.id, email }),
        linkTtl: NOTICE_TTL,
      };
      const message = { kind: 'email-changed', ...facts(email, describeOrigin(client)), newAddress, ...undo } as const;
      await sendMail(tx, message, before, client);
    },

    async phoneChanged(tx, user, before, client) {
      const oldPhone = before === null ? undefined : parsePhone(before);
      const newPhone = readPhone(user);
      if (oldPhone) await sendText(tx, { kind: 'phone-changed', to: oldPhone }, user, client);
      if (newPhone) await mailContestable(tx, { kind: 'phone-changed', oldPhone, newPhone }, user, client);
    },

    async accountDeleted(tx, user, client) {
      const email = readAddress(user);
      const message = email && ({ kind: 'account-deleted', ...facts(email, describeOrigin(client)) } as const);
      if (message) await sendMail(tx, message, user, client);
      await textIfNoAddress(tx, 'account-deleted', user, client);
    },
  };
}

const describeOrigin = (client: Client): Origin => ({ device: describeDevice(client.userAgent), ip: client.ip });

const readAddress = ({ email }: User): Email | undefined => (email === null ? undefined : parseEmail(email));

const readPhone = (user: User): Phone | undefined => parsePhone(verifiedPhone(user) ?? '');
