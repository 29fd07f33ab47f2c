import { DAY } from '../../core/clock.ts';
import type { Email } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Challenges } from '../challenges/challenge.service.ts';

/** Milliseconds that a notice and its links are valid: people read a notice later than a code. */
export const NOTICE_TTL = 3 * DAY;

/** What a "this wasn't me" link removes. A type, because an interface is not assignable to a JSON record. */
export type Contested = {
  /** This number, whenever it was verified. */
  phone?: string | undefined;
  /** RFC 3339: what was added since then. By default, since the notice. */
  since?: string | undefined;
  /** RFC 3339: the same for factors, if it differs. */
  factorsSince?: string | undefined;
  /** Whether sign-ins needed a second factor before the change. */
  secondFactorRequired?: boolean | undefined;
};

/** The account, the address that gets the link, and what the link undoes. */
export interface LinkRequest {
  userId: string;
  email: Email;
  contested?: Contested | undefined;
}

/**
 * Links in notices, with which the owner undoes changes by an attacker. Each is a challenge, valid for `NOTICE_TTL`.
 */
export interface NoticeLinks {
  /** "This wasn't me": ends every session and starts a password reset. */
  notMe(tx: Db, request: LinkRequest): Promise<string>;
  /** Restores this address. */
  undoEmailChange(tx: Db, request: LinkRequest): Promise<string>;
}

export function createNoticeLinks(dependencies: { challenges: Challenges; publicUrl: string }): NoticeLinks {
  const { challenges, publicUrl } = dependencies;

  async function issue(
    tx: Db,
    purpose: 'NOT_ME' | 'UNDO_EMAIL_CHANGE',
    page: string,
    { userId, email, contested }: LinkRequest,
  ): Promise<string> {
    const request = { purpose, subject: email, channel: 'EMAIL', userId, payload: contested ?? {} } as const;
    const { secrets } = await challenges.issue(tx, request, { code: false, link: NOTICE_TTL });
    const url = new URL(page, publicUrl);
    url.searchParams.set('token', secrets.token ?? '');
    return url.toString();
  }

  return {
    notMe: (tx, request) => issue(tx, 'NOT_ME', '/not-me', request),
    undoEmailChange: (tx, request) => issue(tx, 'UNDO_EMAIL_CHANGE', '/undo-email-change', request),
  };
}
