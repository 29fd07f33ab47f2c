import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import type { LinkPageDependencies } from './link-page.ts';
import { verificationPage } from './verification.page.ts';
import { VERIFY_EMAIL_WORDS } from './verify-email.words.ts';
import type { VerifyEmailOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /** Verifies the address but does not sign in: the person who opens the link may not be the one who requested it. */
  verify(token: string, client: Client): Promise<VerifyEmailOutcome>;
}

export const verifyEmailPage = (app: FastifyInstance, { verify, ...dependencies }: Dependencies): void =>
  verificationPage(app, dependencies, { path: '/verify-email', words: VERIFY_EMAIL_WORDS, submit: verify });
