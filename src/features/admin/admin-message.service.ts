import type { Config } from '../../config.ts';
import { after, type Clock, DAY } from '../../core/clock.ts';
import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { NoticeMessage } from '../../messages/message.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import { NOTICE_TTL } from '../notices/notice-links.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { Permit } from '../outbox/permit.ts';
import type { NoticeLimits } from '../send-limits/notice-limits.ts';

/**
 * An invitation is read later than a requested reset; a recovery link is valid for a day at most (SP 800-63B-4, 4.2).
 */
const INVITATION_TTL = DAY;

/** Messages do not reveal the administrator's IP address and device. */
const NO_ORIGIN = { device: '', ip: '' };

/** Messages that an administrator's action causes, written in its transaction. */
export interface AdminMessages {
  /**
   * The link of a reset, by which the owner chooses a password. Without a code, which would need an ID that only the
   * administrator has. Returns when the link expires.
   */
  passwordLink(tx: Db, permit: Permit, kind: 'invitation' | 'reset-password', request: LinkRequest): Promise<Date>;
  /** To the old address, without an undo link: the administrator may act because that mailbox was taken over. */
  emailChanged(tx: Db, before: User, email: string | null, client: Client): Promise<void>;
  /** To the address that the account had, about its new number. */
  phoneChanged(tx: Db, before: User, phone: string | null, client: Client): Promise<void>;
  /** @param user deleted by this transaction */
  accountDeleted(tx: Db, user: User, client: Client): Promise<void>;
}

interface LinkRequest {
  user: User;
  /** Of the account. */
  email: Email;
  client: Client;
  /** The number that the account keeps although the address was not verified yet. */
  vouched?: { phone?: string | null };
}

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  noticeLimits: Pick<NoticeLimits, 'permitNotice'>;
  passwordReset: Config['passwordReset'];
}

export function createAdminMessages(dependencies: Dependencies): AdminMessages {
  const { clock, challenges, outbox, noticeLimits, passwordReset } = dependencies;

  async function notify(tx: Db, user: User, message: NoticeMessage, client: Client): Promise<void> {
    const envelope = { locale: messageLocale(user, client.locale), expiresAt: after(clock.now(), NOTICE_TTL) };
    const request = { userId: user.id, channel: 'EMAIL', kind: message.kind, client } as const;
    const { permit, more } = await noticeLimits.permitNotice(tx, request);
    await outbox.enqueue(tx, permit, { ...message, more }, envelope);
  }

  const noticeTo = (to: Email) => ({ to, at: clock.now().toISOString(), origin: NO_ORIGIN });

  return {
    async passwordLink(tx, permit, kind, { user, email, client, vouched = {} }) {
      const linkTtl = kind === 'invitation' ? INVITATION_TTL : passwordReset.linkTtl;
      const whose = { subject: email, userId: user.id, payload: vouched };
      const request = { purpose: 'RESET_PASSWORD', channel: 'EMAIL', ...whose } as const;
      const { challenge, secrets } = await challenges.issue(tx, request, { code: false, link: linkTtl });
      const link = new URL(passwordReset.url);
      link.searchParams.set('token', secrets.token ?? '');
      const message = { kind, to: email, link: link.toString(), linkTtl, origin: NO_ORIGIN };
      const expiresAt = after(challenge.createdAt, linkTtl);
      await outbox.enqueue(tx, permit, message, { locale: messageLocale(user, client.locale), expiresAt });
      return expiresAt;
    },

    async emailChanged(tx, before, email, client) {
      const [to, newAddress] = [parseEmail(before.email ?? ''), parseEmail(email ?? '')];
      if (to && newAddress) await notify(tx, before, { kind: 'email-changed', ...noticeTo(to), newAddress }, client);
    },

    async phoneChanged(tx, before, phone, client) {
      const to = parseEmail(before.email ?? '');
      const [oldPhone, newPhone]: (Phone | undefined)[] = [parsePhone(before.phone ?? ''), parsePhone(phone ?? '')];
      if (to && newPhone)
        await notify(tx, before, { kind: 'phone-changed', ...noticeTo(to), oldPhone, newPhone }, client);
    },

    async accountDeleted(tx, user, client) {
      const to = parseEmail(user.email ?? '');
      if (to) await notify(tx, user, { kind: 'account-deleted', ...noticeTo(to) }, client);
    },
  };
}
