import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import type { LinkPageParts } from './link-page.ts';
import { NOT_ME_WORDS } from './not-me.words.ts';
import { verificationPage } from './verification.page.ts';
import type { NotMeOutcome } from './words.ts';

interface Dependencies extends LinkPageParts {
  /** Ends all sessions of the account and sends the owner a message to set a new password. */
  secure(token: string, client: Client): Promise<NotMeOutcome>;
}

export const notMePage = (app: FastifyInstance, { secure, ...parts }: Dependencies): void =>
  verificationPage(app, parts, { path: '/not-me', words: NOT_ME_WORDS, submit: secure });
