import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskEmail, showEmail } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import type { Client } from '../../core/request.ts';
import { readField } from './form.ts';
import { html } from './html.ts';
import { type FormPage, formCard, type LinkPageDependencies, linkPage } from './link-page.ts';
import { SIGN_IN_WORDS } from './sign-in.words.ts';
import type { LinkFailure, SignInOutcome } from './words.ts';

/** The refresh token of a new session. */
export interface PageSession {
  token: string;
  expiresAt: Date;
  isNewUser: boolean;
}

type Refusal = Exclude<SignInOutcome, 'SIGNED_IN' | 'SIGNED_UP'>;

/** What a code of a second factor led to. `problem`: why it was not accepted; undefined if it was just wrong. */
export type SecondStep = PageSession | { problem: string | undefined } | Refusal;

export interface SignInActions {
  /** Whom the token would sign in. Does not use the token. */
  preview(token: string, client: Client): Promise<{ email: string; createsAccount: boolean } | LinkFailure>;
  /** Signs in, or returns the challenge of the second factor, which is then asked for. */
  signIn(token: string, client: Client): Promise<PageSession | { challengeId: string } | Refusal>;
  /** @param code of an authenticator app, or for recovery */
  verify(challengeId: string, code: string, client: Client): Promise<SecondStep>;
}

interface Dependencies extends LinkPageDependencies, SignInActions {
  /** Sets the refresh cookie. */
  remember(reply: FastifyReply, session: PageSession): void;
}

const PATH = '/sign-in';

/** A page with one button. It names the address: an attacker may have sent a link to an account of their own (login CSRF). */
export function signInPage(app: FastifyInstance, dependencies: Dependencies): void {
  const { preview, signIn, verify, remember, product } = dependencies;

  function firstForm(token: string, address: string, createsAccount: boolean, locale: Locale): FormPage {
    const words = SIGN_IN_WORDS[locale];
    const { question, button } = createsAccount ? words.newAccount : words;
    const named = { ...words, question: question.replaceAll('{address}', () => address) };
    return { content: formCard({ path: PATH, token, site: product.name, button }, named) };
  }

  /** The link is used up by now; the challenge takes its place. */
  function secondForm(token: string, challengeId: string, locale: Locale, problem?: string): FormPage {
    const { secondFactor: words } = SIGN_IN_WORDS[locale];
    const field = html`<input type="hidden" name="challenge" value="${challengeId}">
<label for="code">${words.label}</label>
${problem ? html`<p class="bad" id="problem">${problem}</p>\n` : ''}<input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" required autofocus aria-describedby="${problem ? 'problem ' : ''}hint"${problem ? html` aria-invalid="true"` : ''}>
<p class="quiet" id="hint">${words.hint}</p>
`;
    return { content: formCard({ path: PATH, token, site: product.name }, words, field) };
  }

  function finish(reply: FastifyReply, session: PageSession) {
    remember(reply, session);
    return session.isNewUser ? 'SIGNED_UP' : 'SIGNED_IN';
  }

  linkPage(app, dependencies, {
    path: PATH,
    words: SIGN_IN_WORDS,
    async renderForm(token, client) {
      const found = await preview(token, client);
      if (typeof found === 'string') return found;
      return firstForm(token, maskEmail(showEmail(found.email)), found.createsAccount, client.locale);
    },
    async submit(token, client, request, reply) {
      const challengeId = readField(request, 'challenge');
      if (challengeId === undefined) {
        const result = await signIn(token, client);
        if (typeof result === 'string') return result;
        if ('challengeId' in result) return { next: secondForm(token, result.challengeId, client.locale) };
        return finish(reply, result);
      }
      const result = await verify(challengeId, readField(request, 'code') ?? '', client);
      if (typeof result === 'string') return result;
      if (!('problem' in result)) return finish(reply, result);
      const problem = result.problem ?? SIGN_IN_WORDS[client.locale].secondFactor.wrongCode;
      return { form: secondForm(token, challengeId, client.locale, problem) };
    },
  });
}
