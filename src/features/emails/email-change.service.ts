import { Unauthenticated } from '../../core/errors.ts';
import { type Email, parseEmail } from '../../core/identifiers.ts';
import {
  ChallengeFailed,
  EmailTaken,
  FieldProblem,
  type InvalidCredentials,
  InvalidInput,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AnswerInput, parseAnswer } from '../challenges/answer.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { Reauthentication } from '../sign-in/reauthentication.service.ts';
import { EmailChanged } from './email-changed.ts';

export interface EmailChangeRequest {
  newEmail: string;
  password?: string | null | undefined;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
  sessions: Sessions;
  notices: Notices;
  reauthenticate: Reauthentication;
}

export type EmailChange = ReturnType<typeof createEmailChange>;

/** Moves an account to another address: the new one proves itself, the old one is told and can undo it. */
export function createEmailChange(dependencies: Dependencies) {
  const { db, transact, audit, accounts, challenges, emailChallenges } = dependencies;
  const { invalidate, sessions, notices, reauthenticate } = dependencies;

  function parse(text: string, current: string | null): Email | InvalidInput {
    const email = parseEmail(text);
    if (!email) return new InvalidInput([new FieldProblem('newEmail', 'INVALID_FORMAT', 'email-format')]);
    if (email === current) return new InvalidInput([new FieldProblem('newEmail', 'NOT_ALLOWED', 'email-same')]);
    return email;
  }

  /** The user whose address moves, locked. @param asker who answers by code, and whose session must still stand */
  async function holderOf(tx: Db, { userId }: ChallengeRow, asker: Viewer | undefined) {
    if (!asker) return userId === null ? undefined : accounts.lock(tx, userId);
    const user = await sessions.lockHolder(tx, asker);
    if (!user) throw new Unauthenticated();
    return user;
  }

  /**
   * Under the lock of the account, so that of a change, a reset and an undo at the same moment each finds what the one
   * before has left.
   */
  async function move(challenge: ChallengeRow, asker: Viewer | undefined, client: Client) {
    const method = asker ? 'email-code' : 'email-link';
    const email = parseEmail(challenge.subject);
    return transact(async (tx) => {
      const before = await holderOf(tx, challenge, asker);
      if (!email || !before?.isActive) return new ChallengeFailed('UNKNOWN');
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const user = await accounts.changeEmail(tx, before.id, email);
      if (!user) throw new Error('a row that is locked is there');
      await invalidate(tx, 'email changed', { user, client });
      await audit.record(tx, { type: 'email-change', outcome: 'succeeded', userId: user.id, method, client });
      await notices.emailChanged(tx, before, email, client);
      return new EmailChanged(user);
    });
  }

  async function redeem(challenge: ChallengeRow, asker: Viewer | undefined, client: Client) {
    try {
      return await move(challenge, asker, client);
    } catch (error) {
      if (violatedConstraint(error) !== 'users_email_key') throw error;
      return new EmailTaken(); // Somebody was quicker. Nothing has happened, and the challenge stands.
    }
  }

  return {
    /**
     * Asks the new address to prove itself. One that has an account gets the same answer after the same work; only its
     * owner learns the difference, by mail.
     */
    async request(
      { newEmail, password }: EmailChangeRequest,
      viewer: Viewer,
      client: Client,
    ): Promise<Challenge | InvalidCredentials | InvalidInput | RateLimited> {
      const user = await accounts.byId(viewer.userId);
      if (!user?.isActive) throw new Unauthenticated();
      const email = parse(newEmail, user.email);
      if (email instanceof InvalidInput) return email;

      const proof = await reauthenticate(user, password, client);
      if (typeof proof !== 'string') return proof;
      const event = { type: 'email-change', userId: user.id, sessionId: viewer.sessionId, client } as const;
      const limited = await emailChallenges.maySend(email, client);
      if (limited) {
        await audit.record(db, { ...event, outcome: 'limited' });
        return limited;
      }
      const request = { purpose: 'CHANGE_EMAIL', email, userId: user.id, askedBy: user.id, client } as const;
      return transact(async (tx) => {
        // Since the password was checked it may have been reset, which ends what is pending: nothing may come after.
        if (!(await sessions.lockHolder(tx, viewer))) throw new Unauthenticated();
        const owner = await accounts.byEmail(tx, email);
        await audit.record(tx, { ...event, outcome: 'requested' });
        const locale = messageLocale(owner ?? user, client.locale);
        return owner
          ? emailChallenges.sendDecoy(tx, { ...request, locale }, 'email-taken')
          : emailChallenges.send(tx, { ...request, locale });
      });
    },

    /**
     * By code: for whoever is signed in and asked. By link: for whoever can read the new address's mail.
     * @param viewer throws when nobody is signed in
     */
    async confirm(
      input: AnswerInput,
      viewer: () => Promise<Viewer>,
      client: Client,
    ): Promise<EmailChanged | ChallengeFailed | EmailTaken | InvalidInput | RateLimited> {
      const answer = parseAnswer(input);
      if (answer instanceof InvalidInput) return answer;
      const method = 'token' in answer ? 'email-link' : 'email-code';
      const asker = method === 'email-code' ? await viewer() : undefined;
      const userId = asker?.userId;

      const challenge = await challenges.check(answer, ['CHANGE_EMAIL'], client, userId);
      const outcome = 'purpose' in challenge ? await redeem(challenge, asker, client) : challenge;
      if (!(outcome instanceof EmailChanged)) {
        const whose = 'purpose' in challenge ? (challenge.userId ?? undefined) : userId;
        const event = { type: 'email-change', userId: whose, method, client } as const;
        await audit.record(db, { ...event, outcome: REFUSALS[outcome.kind] });
      }
      return outcome;
    },
  };
}

const REFUSALS = { EmailTaken: 'taken', ChallengeFailed: 'failed', RateLimited: 'limited' } as const;
