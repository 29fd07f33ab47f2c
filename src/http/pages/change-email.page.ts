import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import { CHANGE_EMAIL_WORDS } from './change-email.words.ts';
import type { LinkPageDependencies } from './link-page.ts';
import { verificationPage } from './verification.page.ts';
import type { ChangeEmailOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /** Verifies the new address and assigns it to the account. */
  change(token: string, client: Client): Promise<ChangeEmailOutcome>;
}

export const changeEmailPage = (app: FastifyInstance, { change, ...dependencies }: Dependencies): void =>
  verificationPage(app, dependencies, { path: '/change-email', words: CHANGE_EMAIL_WORDS, submit: change });
