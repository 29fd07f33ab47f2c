import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach } from 'vitest';
import { preferredLocale } from '../../src/core/locale.ts';
import type { Log } from '../../src/core/log.ts';
import type { SentMessage } from '../../src/features/outbox/outbox.ts';
import { changeEmailPage } from '../../src/http/pages/change-email.page.ts';
import { notMePage } from '../../src/http/pages/not-me.page.ts';
import { outboxPage } from '../../src/http/pages/outbox.page.ts';
import { servePageFiles } from '../../src/http/pages/page-files.ts';
import { resetPasswordPage } from '../../src/http/pages/reset-password.page.ts';
import { type PageSession, type SecondStep, signInPage } from '../../src/http/pages/sign-in.page.ts';
import { undoEmailChangePage } from '../../src/http/pages/undo-email-change.page.ts';
import { verifyEmailPage } from '../../src/http/pages/verify-email.page.ts';
import { EXAMPLE } from './texts.ts';

export const TOKEN = 'QvX3c0hV7bV9mB1nT2kL8zR5QvX3c0hV7bV9mB1nT2k';
export const PASSWORD = 'correct horse battery staple';
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

interface State {
  app: FastifyInstance;
  /** The tokens and passwords that the pages passed on. */
  used: string[];
  passwords: string[];
  /** Instead of success. An error is thrown. */
  outcome: unknown;
  oldAddress: string | Error | undefined;
  losesPassword: boolean;
  /** Whom the link would sign in, or why it would not. */
  preview: { email: string; createsAccount: boolean } | 'EXPIRED' | 'RATE_LIMITED';
  /** What a code of a second factor leads to, and the challenges and codes that the page passed on. */
  secondStep: SecondStep;
  codes: string[];
  sent: SentMessage[];
}

/** The pages of links and the outbox, with actions that only record what they get. New for each test of the file. */
export function openPages() {
  const state = {} as State; // Filled before each test.

  beforeEach(() => {
    Object.assign(state, {
      used: [],
      passwords: [],
      sent: [],
      codes: [],
      secondStep: 'UNKNOWN',
      outcome: undefined,
      oldAddress: undefined,
      losesPassword: false,
      preview: { email: 'aziza<b>@example.org', createsAccount: false },
    });
    const app = Fastify({ routerOptions: { maxParamLength: 200 } });
    // Records the token and returns the state.outcome that the test has set, or else the successful one.
    const createAction = <Outcome>(success: Outcome) => {
      return async (token: string) => {
        state.used.push(token);
        if (state.outcome instanceof Error) throw state.outcome;
        return (state.outcome ?? success) as Outcome;
      };
    };
    const parts = {
      publicUrl: 'https://auth.example.com',
      hasAccountPages: true,
      product: { ...EXAMPLE, name: 'Example <i>' },
      log,
      readClient: (request: FastifyRequest) => ({
        ip: request.ip,
        userAgent: null,
        locale: preferredLocale(request.headers['accept-language']),
        requestId: request.id,
      }),
    };
    const verify = createAction('VERIFIED' as const);
    verifyEmailPage(app, {
      ...parts,
      verify: (token, password) => {
        if (password !== undefined) state.passwords.push(password);
        return verify(token);
      },
      losesPassword: async () => state.losesPassword,
    });
    changeEmailPage(app, { ...parts, change: createAction('CHANGED' as const) });
    notMePage(app, { ...parts, secure: createAction('SECURED' as const) });
    signInPage(app, {
      ...parts,
      preview: async () => state.preview,
      signIn: createAction<PageSession>({
        token: 'refresh-token',
        expiresAt: new Date('2030-01-01'),
        isNewUser: false,
      }),
      verify: async (challengeId, code) => {
        state.codes.push(`${challengeId} ${code}`);
        return state.secondStep;
      },
      remember: (reply, { token }) => reply.header('set-cookie', `refresh=${token}`),
    });
    undoEmailChangePage(app, {
      ...parts,
      undo: createAction('RESTORED' as const),
      oldAddress: async () => {
        if (state.oldAddress instanceof Error) throw state.oldAddress;
        return state.oldAddress;
      },
    });
    const reset = createAction('CHANGED' as const);
    resetPasswordPage(app, {
      ...parts,
      passwords: { minLength: 8, minStrength: 3 },
      reset: (token, password) => {
        state.passwords.push(password);
        return reset(token);
      },
    });
    servePageFiles(app);
    outboxPage(app, { recent: async (limit) => state.sent.slice(0, limit) });
    state.app = app;
  });
  afterEach(() => state.app.close());

  return Object.assign(state, {
    post: (path: string, payload: string, headers: Record<string, string> = {}) =>
      state.app.inject({ method: 'POST', url: path, payload, headers: { ...FORM, ...headers } }),
    get: (url: string, language = 'en') => state.app.inject({ url, headers: { 'accept-language': language } }),
  });
}
