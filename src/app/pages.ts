import type { FastifyInstance } from 'fastify';
import {
  AccountDisabled,
  ChallengeFailed,
  EmailTaken,
  InvalidCredentials,
  InvalidInput,
  isProblem,
  RateLimited,
} from '../core/problems.ts';
import type { Client } from '../core/request.ts';
import { EmailChanged } from '../features/emails/email-changed.ts';
import { EmailVerified } from '../features/emails/email-verified.ts';
import { PasswordChanged } from '../features/passwords/password-changed.ts';
import { readClient } from '../http/context.ts';
import { createOrigins } from '../http/origins.ts';
import { changeEmailPage } from '../http/pages/change-email.page.ts';
import { docsPages } from '../http/pages/docs.page.ts';
import { notMePage } from '../http/pages/not-me.page.ts';
import { outboxPage } from '../http/pages/outbox.page.ts';
import { servePageFiles } from '../http/pages/page-files.ts';
import { resetPasswordPage } from '../http/pages/reset-password.page.ts';
import { signInPage } from '../http/pages/sign-in.page.ts';
import { startPage } from '../http/pages/start.page.ts';
import { undoEmailChangePage } from '../http/pages/undo-email-change.page.ts';
import { verifyEmailPage } from '../http/pages/verify-email.page.ts';
import type { ChangeEmailOutcome, NotMeOutcome, ResetOutcome, UndoEmailChangeOutcome } from '../http/pages/words.ts';
import { createRefreshCookie } from '../http/refresh-cookie.ts';
import { createReturnUrls } from '../http/web/return-urls.ts';
import { webPages } from '../http/web/web-pages.ts';
import { fieldProblemText } from '../messages/problems.ts';
import { VERSION } from '../version.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Services } from './services.ts';
import { createSignInActions } from './sign-in-page.ts';

/** The pages that links in messages open, except those that the frontend replaces. */
export function createPages({ config, log }: Infrastructure, services: Services) {
  const { outbox, emailChangeUndo } = services;
  const { publicUrl, outboxViewer, loopbackOrigins } = config.http;
  const isOurs = (url: string) => url.startsWith(`${publicUrl}/`);
  const refreshCookie = createRefreshCookie(config.http, createOrigins(config.http));
  const parts = { publicUrl, product: config.product, hasAccountPages: config.pages.account, readClient, log };

  async function verify(token: string, password: string | undefined, client: Client) {
    const outcome = await services.verifyEmail({ token, password }, undefined, client);
    if (outcome instanceof EmailVerified) return outcome.passwordRemoved ? 'VERIFIED_WITHOUT_PASSWORD' : 'VERIFIED';
    if (outcome instanceof InvalidCredentials) return 'WRONG_PASSWORD';
    if (outcome instanceof AccountDisabled) return 'ACCOUNT_DISABLED';
    return failure(outcome);
  }

  async function reset(token: string, newPassword: string, client: Client): Promise<ResetOutcome> {
    const outcome = await services.resetPassword({ token, newPassword }, client);
    if (outcome instanceof PasswordChanged) return 'CHANGED';
    if (outcome instanceof InvalidInput)
      return { problems: outcome.fields.map((problem) => fieldProblemText(problem, client.locale)) };
    return failure(outcome);
  }

  async function change(token: string, client: Client): Promise<ChangeEmailOutcome> {
    const outcome = await services.confirmEmailChange({ token }, undefined, client);
    if (outcome instanceof EmailChanged) return 'CHANGED';
    return outcome instanceof EmailTaken ? 'EMAIL_TAKEN' : failure(outcome);
  }

  async function undo(token: string, client: Client): Promise<UndoEmailChangeOutcome> {
    const outcome = await emailChangeUndo.undo(token, client);
    if (!isProblem(outcome)) return 'RESTORED';
    return outcome instanceof EmailTaken ? 'EMAIL_TAKEN' : failure(outcome);
  }

  async function secure(token: string, client: Client): Promise<NotMeOutcome> {
    const outcome = await services.secureAccount(token, client);
    return isProblem(outcome) ? failure(outcome) : 'SECURED';
  }

  return async (scope: FastifyInstance): Promise<void> => {
    if (isOurs(config.emailVerification.url))
      verifyEmailPage(scope, { ...parts, verify, losesPassword: services.losesPassword });
    if (isOurs(config.passwordReset.url)) resetPasswordPage(scope, { ...parts, passwords: config.passwords, reset });
    if (isOurs(config.emailChange.url)) changeEmailPage(scope, { ...parts, change });
    if (config.emailSignIn.enabled && isOurs(config.emailSignIn.url))
      signInPage(scope, { ...parts, ...createSignInActions(services, failure), remember: refreshCookie.write });
    webPages(scope, {
      ...parts,
      pages: config.pages,
      version: VERSION,
      production: config.production,
      namePrefix: config.federation?.prefix ?? '',
      findReturnUrl: createReturnUrls({ publicUrl, returnUrls: config.pages.returnUrls, loopbackOrigins }),
    });
    undoEmailChangePage(scope, { ...parts, undo, oldAddress: emailChangeUndo.oldAddress });
    notMePage(scope, { ...parts, secure });
    servePageFiles(scope);
    if (outboxViewer) outboxPage(scope, { recent: outbox.recent });
    if (config.production) return;
    startPage(scope, { version: VERSION, readClient });
    docsPages(scope);
  };
}

function failure(outcome: object) {
  if (outcome instanceof RateLimited) return 'RATE_LIMITED';
  const reason = outcome instanceof ChallengeFailed ? outcome.reason : 'UNKNOWN';
  return reason === 'PASSKEY_REJECTED' ? 'UNKNOWN' : reason;
}
