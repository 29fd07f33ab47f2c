import type { Config } from '../../config.ts';
import { after, DAY } from '../../core/clock.ts';
import type { Email } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { Permit } from '../outbox/permit.ts';

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
}

interface LinkRequest {
  user: User;
  /** The address of the account. */
  email: Email;
  client: Client;
  /** The number that the account keeps although the address was not verified yet. */
  vouched?: { phone?: string | null };
}

interface Dependencies {
  challenges: Challenges;
  outbox: Outbox;
  passwordReset: Config['passwordReset'];
}

export function createAdminMessages(dependencies: Dependencies): AdminMessages {
  const { challenges, outbox, passwordReset } = dependencies;

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
  };
}
