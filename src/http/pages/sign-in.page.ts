import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskEmail, showEmail } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import type { Client } from '../../core/request.ts';
import { formCard, type LinkPageDependencies, linkPage, type RejectedForm } from './link-page.ts';
import { SIGN_IN_WORDS } from './sign-in.words.ts';
import type { LinkFailure, SignInOutcome } from './words.ts';

/** The refresh token of a new session. */
export interface PageSession {
  token: string;
  expiresAt: Date;
  isNewUser: boolean;
}

interface Dependencies extends LinkPageDependencies {
  /** Whom the token would sign in. Does not use the token. */
  preview(token: string, client: Client): Promise<{ email: string; createsAccount: boolean } | LinkFailure>;
  signIn(token: string, client: Client): Promise<PageSession | Exclude<SignInOutcome, 'SIGNED_IN' | 'SIGNED_UP'>>;
  /** Sets the refresh cookie. */
  remember(reply: FastifyReply, session: PageSession): void;
}

const PATH = '/sign-in';

/** A page with one button. It names the address: an attacker may have sent a link to an account of their own (login CSRF). */
export function signInPage(app: FastifyInstance, { preview, signIn, remember, ...dependencies }: Dependencies): void {
  function form(token: string, address: string, createsAccount: boolean, locale: Locale): RejectedForm['form'] {
    const words = SIGN_IN_WORDS[locale];
    const { question, button } = createsAccount ? words.newAccount : words;
    const named = { ...words, question: question.replaceAll('{address}', () => address) };
    return { content: formCard({ path: PATH, token, site: dependencies.product.name, button }, named) };
  }

  linkPage(app, dependencies, {
    path: PATH,
    words: SIGN_IN_WORDS,
    async renderForm(token, client) {
      const found = await preview(token, client);
      if (typeof found === 'string') return found;
      return form(token, maskEmail(showEmail(found.email)), found.createsAccount, client.locale);
    },
    async submit(token, client, _request, reply) {
      const result = await signIn(token, client);
      if (typeof result === 'string') return result;
      remember(reply, result);
      return result.isNewUser ? 'SIGNED_UP' : 'SIGNED_IN';
    },
  });
}
