import type { Config } from '../../config.ts';
import { after } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { type Email, maskEmail } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import type { RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { Message } from '../../messages/message.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { OutboxMessage } from '../outbox/outbox.ts';
import { type Limits, networkKey } from '../rate-limits/limits.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Challenges, Means } from './challenge.service.ts';
import { CODE_LENGTH, type NewChallenge } from './challenge.ts';
import { Challenge } from './challenge-type.ts';

/** What is proved by email. */
export type EmailPurpose = Extract<
  ChallengePurpose,
  'SIGN_UP' | 'VERIFY_EMAIL' | 'LOGIN_EMAIL' | 'RESET_PASSWORD' | 'CHANGE_EMAIL'
>;

/** Proof that is asked for by email: what for, of whom, and in which words. */
export interface EmailChallengeRequest {
  purpose: EmailPurpose;
  email: Email;
  userId?: string | undefined;
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
  client: Client;
  locale: Locale;
}

/** A challenge and its message, and what is shown of them. */
export interface PreparedChallenge {
  challenge: NewChallenge;
  message: OutboxMessage;
  view: Challenge;
}

/** What the owner of an address hears when somebody else asks for a proof of it. */
type Instead = 'already-registered' | 'email-taken';

interface Dependencies {
  challenges: Challenges;
  outbox: Outbox;
  limiter: RateLimiter;
  limits: Limits;
  emailVerification: Config['emailVerification'];
  emailChange: Config['emailChange'];
  passwordReset: Config['passwordReset'];
  otp: Config['otp'];
}

/** How the challenges of a purpose travel, and where their links lead. */
interface Route {
  kind: 'sign-up' | 'verify-email' | 'login-email' | 'reset-password' | 'change-email';
  withCode: boolean;
  withLink: boolean;
  url: string;
  /** Milliseconds. */
  linkTtl: number;
}

export type EmailChallenges = ReturnType<typeof createEmailChallenges>;

/** Challenges that travel by email: the row and its message, written together. */
export function createEmailChallenges(dependencies: Dependencies) {
  const { challenges, outbox, limiter, limits, emailVerification, emailChange, passwordReset, otp } = dependencies;
  const { url, method, linkTtl } = emailVerification;
  const proof = { withCode: method !== 'link', withLink: method !== 'code', url, linkTtl };
  const routes: Record<EmailPurpose, Route> = {
    SIGN_UP: { kind: 'sign-up', ...proof },
    VERIFY_EMAIL: { kind: 'verify-email', ...proof },
    LOGIN_EMAIL: { kind: 'login-email', ...proof },
    RESET_PASSWORD: { kind: 'reset-password', withCode: true, withLink: true, ...passwordReset },
    CHANGE_EMAIL: { kind: 'change-email', ...proof, ...emailChange },
  };
  const meansOf = ({ purpose }: EmailChallengeRequest): Means => ({
    code: routes[purpose].withCode,
    link: routes[purpose].withLink ? routes[purpose].linkTtl : undefined,
  });

  function view(row: NewChallenge, purpose: EmailPurpose): Challenge {
    const { withCode } = routes[purpose];
    return new Challenge({
      id: row.id,
      channel: 'EMAIL',
      sentTo: maskEmail(row.subject),
      codeLength: withCode ? CODE_LENGTH : 0,
      expiresAt: withCode ? row.codeExpiresAt : row.expiresAt,
      resendAt: after(row.createdAt, otp.resendCooldown),
    });
  }

  function linkTo(page: string, token: string): string {
    const url = new URL(page);
    url.searchParams.set('token', token);
    return url.toString();
  }

  const originOf = (client: Client) => ({ device: describeDevice(client.userAgent), ip: client.ip });

  const toRequest = ({ purpose, email, userId, askedBy, payload }: EmailChallengeRequest) =>
    ({ purpose, subject: email, channel: 'EMAIL', userId, askedBy, ...(payload && { payload }) }) as const;

  function verificationMessage(
    request: EmailChallengeRequest,
    secrets: { code: string | undefined; token: string | undefined },
  ): Message {
    const { kind, url, linkTtl } = routes[request.purpose];
    return {
      kind,
      to: request.email,
      code: secrets.code,
      codeTtl: otp.ttl,
      link: secrets.token && linkTo(url, secrets.token),
      linkTtl,
      origin: originOf(request.client),
    };
  }

  const envelopeFor = ({ locale }: EmailChallengeRequest, { expiresAt }: NewChallenge) => ({ locale, expiresAt });

  /** The two rows, for whoever writes them in a statement of their own. */
  async function draft(request: EmailChallengeRequest): Promise<PreparedChallenge> {
    const { challenge, secrets } = challenges.draft(toRequest(request), meansOf(request));
    const message = await outbox.draft(verificationMessage(request, secrets), envelopeFor(request, challenge));
    return { challenge, message, view: view(challenge, request.purpose) };
  }

  /**
   * The same rows at the same cost for somebody who may not get a code.
   * @param instead what the owner of the address is told; undefined: nothing
   */
  async function draftDecoy(request: EmailChallengeRequest, instead: Instead | undefined): Promise<PreparedChallenge> {
    const { challenge, secrets } = challenges.draftDecoy(toRequest(request), meansOf(request));
    const envelope = envelopeFor(request, challenge);
    const message = instead
      ? await outbox.draft({ kind: instead, to: request.email, origin: originOf(request.client) }, envelope)
      : await outbox.draftDecoy(verificationMessage(request, secrets), envelope);
    return { challenge, message, view: view(challenge, request.purpose) };
  }

  async function write(db: Db, { challenge, message, view }: PreparedChallenge): Promise<Challenge> {
    await Promise.all([challenges.write(db, challenge), outbox.write(db, message)]);
    return view;
  }

  const chargesOf = (email: Email, client: Client): Charge[] => [
    ...(otp.resendCooldown > 0 ? [{ limit: limits.sendCooldown, key: `EMAIL:${email}` }] : []),
    { limit: limits.sendBySubject, key: `EMAIL:${email}` },
    { limit: limits.sendByNetwork, key: networkKey(client.ip) },
    { limit: limits.sendInAll, key: 'EMAIL' },
  ];

  return {
    /** Counts one message, alike for addresses with and without an account. RateLimited if it must not be sent. */
    checkLimits: (email: Email, client: Client): Promise<RateLimited | undefined> =>
      limiter.spend(...chargesOf(email, client)),

    draft,
    draftDecoy,

    /** @param db the transaction that the message belongs to */
    send: async (db: Db, request: EmailChallengeRequest): Promise<Challenge> => write(db, await draft(request)),

    /** As `draftDecoy`. */
    sendDecoy: async (db: Db, request: EmailChallengeRequest, instead: Instead | undefined): Promise<Challenge> =>
      write(db, await draftDecoy(request, instead)),

    /**
     * What was sent to the user already and can still be answered, for whoever has proved to be the user otherwise; the
     * message of the sign-up is as good as one of a sign-in.
     */
    async pending(db: Db, email: Email, userId: string): Promise<Challenge | undefined> {
      const wanted = { subject: email, limit: 20 };
      const open = [
        ...(await challenges.open(db, { ...wanted, purpose: 'VERIFY_EMAIL' })),
        ...(await challenges.open(db, { ...wanted, purpose: 'LOGIN_EMAIL' })),
      ];
      const own = open
        .filter((row) => row.userId === userId && (!proof.withCode || challenges.takesGuesses(row)))
        .at(-1);
      return own && view(own, 'LOGIN_EMAIL');
    },

    /** For a statement that writes the message's row itself. */
    wakeAfterCommit: (tx: Db): void => outbox.wakeAfterCommit(tx, 'EMAIL'),
  };
}
