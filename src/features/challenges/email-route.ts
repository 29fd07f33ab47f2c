import type { Config } from '../../config.ts';
import { after } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { type Email, maskEmail, showEmail } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import type { Client } from '../../core/request.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { Message } from '../../messages/message.ts';
import type { Permit } from '../outbox/permit.ts';
import type { AnswerOptions } from './challenge.service.ts';
import { CODE_LENGTH, type NewChallenge, type Secrets } from './challenge.ts';
import { Challenge } from './challenge-type.ts';

/** What can be verified by email. */
export type EmailPurpose = Extract<
  ChallengePurpose,
  'SIGN_UP' | 'VERIFY_EMAIL' | 'LOGIN_EMAIL' | 'RESET_PASSWORD' | 'CHANGE_EMAIL' | 'SIGN_IN_EMAIL'
>;

export interface EmailChallengeRequest {
  purpose: EmailPurpose;
  email: Email;
  userId?: string | undefined;
  /** The signed-in user who requests it. */
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
  permit: Permit;
  client: Client;
  /** Language of the message. */
  locale: Locale;
}

export type EmailSettings = Pick<Config, 'emailVerification' | 'emailSignIn' | 'emailChange' | 'passwordReset' | 'otp'>;

/** How challenges of a purpose are answered and where their links lead. */
interface Route {
  kind: 'sign-up' | 'verify-email' | 'login-email' | 'reset-password' | 'change-email' | 'sign-in';
  withCode: boolean;
  withLink: boolean;
  url: string;
  /** Milliseconds. */
  linkTtl: number;
}

export interface EmailRoutes {
  /** Whether a verification can be answered with a code. */
  verifiesByCode: boolean;
  answerOptions(purpose: EmailPurpose): AnswerOptions;
  /** What the caller is shown. */
  view(row: NewChallenge, purpose: EmailPurpose): Challenge;
  message(request: EmailChallengeRequest, secrets: Secrets): Message;
}

export function emailRoutes(settings: EmailSettings): EmailRoutes {
  const { emailVerification, emailSignIn, emailChange, passwordReset, otp } = settings;
  const { url, method, linkTtl } = emailVerification;
  const verification = { withCode: method !== 'link', withLink: method !== 'code', url, linkTtl };
  const routes: Record<EmailPurpose, Route> = {
    SIGN_UP: { kind: 'sign-up', ...verification },
    VERIFY_EMAIL: { kind: 'verify-email', ...verification },
    LOGIN_EMAIL: { kind: 'login-email', ...verification },
    RESET_PASSWORD: { kind: 'reset-password', withCode: true, withLink: true, ...passwordReset },
    CHANGE_EMAIL: { kind: 'change-email', ...verification, ...emailChange },
    SIGN_IN_EMAIL: { kind: 'sign-in', withCode: true, withLink: true, ...emailSignIn },
  };

  return {
    verifiesByCode: verification.withCode,

    answerOptions(purpose) {
      const { withCode, withLink, linkTtl } = routes[purpose];
      return { code: withCode, link: withLink ? linkTtl : undefined };
    },

    view(row, purpose) {
      const { withCode } = routes[purpose];
      return new Challenge({
        id: row.id,
        channel: 'EMAIL',
        sentTo: maskEmail(showEmail(row.subject)),
        codeLength: withCode ? CODE_LENGTH : 0,
        expiresAt: withCode ? row.codeExpiresAt : row.expiresAt,
        resendAt: after(row.createdAt, otp.resendCooldown),
      });
    },

    message({ purpose, email, client }, { code, token }) {
      const { kind, url, linkTtl } = routes[purpose];
      const link = token && linkTo(url, token);
      return { kind, to: email, code, codeTtl: otp.ttl, link, linkTtl, origin: describeOrigin(client) };
    },
  };
}

/** Where a request came from, as its message tells the owner. */
export const describeOrigin = ({ userAgent, ip }: Client) => ({ device: describeDevice(userAgent), ip });

function linkTo(page: string, token: string): string {
  const url = new URL(page);
  url.searchParams.set('token', token);
  return url.toString();
}
