import type { Email } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { OutboxMessage } from '../outbox/outbox.ts';
import type { MailLimits } from '../send-limits/mail-limits.ts';
import type { NoticeLimits } from '../send-limits/notice-limits.ts';
import type { Challenges } from './challenge.service.ts';
import { isAfterPassword, type NewChallenge } from './challenge.ts';
import type { Challenge } from './challenge-type.ts';
import { describeOrigin, type EmailChallengeRequest, type EmailSettings, emailRoutes } from './email-route.ts';

/** A challenge with its message, and what the caller is shown. */
export interface PreparedChallenge {
  challenge: NewChallenge;
  message: OutboxMessage;
  view: Challenge;
}

/** What the owner of an address is told when another person tries to use it. */
type Instead = 'already-registered' | 'email-taken';

/** Challenges sent by email: the challenge and its message, written together. */
export interface EmailChallenges {
  /**
   * Counts one request for a message, alike for addresses with and without an account. RateLimited if it must not be sent.
   * The hourly total is checked when the message is delivered.
   */
  checkLimits: MailLimits['check'];
  /** Gives back a request that was counted but not carried out. */
  refund: MailLimits['refund'];
  /** For a message that the user did not ask for: its limits are checked when it is delivered. */
  permit: NoticeLimits['permit'];
  /** The two rows, for a caller that writes them in a statement of its own. */
  draft(request: EmailChallengeRequest): Promise<PreparedChallenge>;
  /**
   * The same rows at the same cost for a caller who must not get a code.
   * @param instead what the owner of the address is told; undefined: nothing
   */
  draftDecoy(request: EmailChallengeRequest, instead: Instead | undefined): Promise<PreparedChallenge>;
  /** @param db the transaction that the message belongs to */
  send(db: Db, request: EmailChallengeRequest): Promise<Challenge>;
  /** As `draftDecoy`. */
  sendDecoy(db: Db, request: EmailChallengeRequest, instead: Instead | undefined): Promise<Challenge>;
  /** The last message that the user's password caused and that can still be answered, for a caller who knows it. */
  pending(db: Db, email: Email, userId: string): Promise<Challenge | undefined>;
  /** After a statement that writes the message's row itself. */
  wakeAfterCommit(tx: Db): void;
}

interface Dependencies extends EmailSettings {
  challenges: Challenges;
  outbox: Outbox;
  mailLimits: MailLimits;
  noticeLimits: Pick<NoticeLimits, 'permit'>;
}

/** More open challenges than these are not searched for one that the user can answer. */
const MAX_PENDING = 20;

export function createEmailChallenges(dependencies: Dependencies): EmailChallenges {
  const { challenges, outbox, mailLimits, noticeLimits } = dependencies;
  const routes = emailRoutes(dependencies);

  const toRequest = ({ purpose, email, userId, askedBy, payload }: EmailChallengeRequest) =>
    ({ purpose, subject: email, channel: 'EMAIL', userId, askedBy, ...(payload && { payload }) }) as const;

  async function draft(request: EmailChallengeRequest): Promise<PreparedChallenge> {
    const { purpose, locale } = request;
    const { challenge, secrets } = challenges.draft(toRequest(request), routes.answerOptions(purpose));
    const envelope = { locale, expiresAt: challenge.expiresAt };
    const message = await outbox.draft(request.permit, routes.message(request, secrets), envelope);
    return { challenge, message, view: routes.view(challenge, purpose) };
  }

  async function draftDecoy(request: EmailChallengeRequest, instead: Instead | undefined): Promise<PreparedChallenge> {
    const { purpose, email, locale, client, permit } = request;
    const { challenge, secrets } = challenges.draftDecoy(toRequest(request), routes.answerOptions(purpose));
    const envelope = { locale, expiresAt: challenge.expiresAt };
    const message = instead
      ? await outbox.draft(permit, { kind: instead, to: email, origin: describeOrigin(client) }, envelope)
      : await outbox.draftDecoy(permit, routes.message(request, secrets), envelope);
    return { challenge, message, view: routes.view(challenge, purpose) };
  }

  async function write(db: Db, { challenge, message, view }: PreparedChallenge): Promise<Challenge> {
    await Promise.all([challenges.write(db, challenge), outbox.write(db, message)]);
    return view;
  }

  return {
    checkLimits: mailLimits.check,
    refund: mailLimits.refund,
    permit: noticeLimits.permit,
    draft,
    draftDecoy,
    send: async (db, request) => write(db, await draft(request)),
    sendDecoy: async (db, request, instead) => write(db, await draftDecoy(request, instead)),

    async pending(db, email, userId) {
      const wanted = { subject: email, limit: MAX_PENDING };
      const open = [
        ...(await challenges.open(db, { ...wanted, purpose: 'VERIFY_EMAIL' })), // sent at sign-up
        ...(await challenges.open(db, { ...wanted, purpose: 'LOGIN_EMAIL' })),
      ];
      const own = open
        .filter(
          (row) =>
            row.userId === userId && isAfterPassword(row) && (!routes.verifiesByCode || challenges.acceptsCode(row)),
        )
        .at(-1);
      return own && routes.view(own, 'LOGIN_EMAIL');
    },

    wakeAfterCommit: (tx) => outbox.wakeAfterCommit(tx, 'EMAIL'),
  };
}
