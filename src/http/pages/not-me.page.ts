import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import type { LinkPageDependencies } from './link-page.ts';
import { NOT_ME_WORDS } from './not-me.words.ts';
import { verificationPage } from './verification.page.ts';
import type { NotMeOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /** Ends all sessions of the account and sends the owner a message to set a new password. */
  secure(token: string, client: Client): Promise<NotMeOutcome>;
}

export const notMePage = (app: FastifyInstance, { secure, ...dependencies }: Dependencies): void =>
  verificationPage(app, dependencies, { path: '/not-me', words: NOT_ME_WORDS, submit: secure });
