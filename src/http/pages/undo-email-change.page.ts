import type { FastifyInstance } from 'fastify';
import { maskEmail, showEmail } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { LinkPageDependencies } from './link-page.ts';
import { UNDO_EMAIL_CHANGE_WORDS } from './undo-email-change.words.ts';
import { verificationPage } from './verification.page.ts';
import type { UndoEmailChangeOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /** The address that the token would restore; undefined if the token is invalid. Does not use the token. */
  oldAddress(token: string, client: Client): Promise<string | undefined>;
  /** Restores the account's old address and ends all its sessions. */
  undo(token: string, client: Client): Promise<UndoEmailChangeOutcome>;
}

export const undoEmailChangePage = (app: FastifyInstance, { oldAddress, undo, ...dependencies }: Dependencies): void =>
  verificationPage(app, dependencies, {
    path: '/undo-email-change',
    words: UNDO_EMAIL_CHANGE_WORDS,
    submit: undo,
    async button(token, client) {
      const address = await oldAddress(token, client);
      const words = UNDO_EMAIL_CHANGE_WORDS[client.locale];
      return address && words.buttonWithAddress.replaceAll('{address}', maskEmail(showEmail(address)));
    },
  });
