import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import { readField } from './form.ts';
import { type Html, html } from './html.ts';
import { type FormPage, formCard, type LinkPageDependencies, linkPage } from './link-page.ts';
import { VERIFY_EMAIL_WORDS } from './verify-email.words.ts';
import type { VerifyEmailOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /**
   * Verifies the address but does not sign in: the person who opens the link may not be the one who requested it.
   * @param password keeps what the account has; undefined if the form has none
   */
  verify(token: string, password: string | undefined, client: Client): Promise<VerifyEmailOutcome | 'WRONG_PASSWORD'>;
  /** Whether the account has a password that the link alone would remove. */
  losesPassword(token: string, client: Client): Promise<boolean>;
}

const PATH = '/verify-email';

/** Bytes. More than the longest password needs. */
const FORM_LIMIT = 16_384;

/** A page with one button, and with a field if there is a password to keep. */
export function verifyEmailPage(app: FastifyInstance, dependencies: Dependencies): void {
  const { verify, losesPassword, product } = dependencies;
  const form = (token: string, { locale }: Client, field?: Html): FormPage => ({
    content: formCard({ path: PATH, token, site: product.name }, VERIFY_EMAIL_WORDS[locale], field),
  });

  linkPage(app, dependencies, {
    path: PATH,
    words: VERIFY_EMAIL_WORDS,
    formLimit: FORM_LIMIT,
    async renderForm(token, client) {
      const asks = await losesPassword(token, client);
      return form(token, client, asks ? passwordField(VERIFY_EMAIL_WORDS[client.locale]) : undefined);
    },
    async submit(token, client, request) {
      const outcome = await verify(token, readField(request, 'password') || undefined, client);
      if (outcome !== 'WRONG_PASSWORD') return outcome;
      const words = VERIFY_EMAIL_WORDS[client.locale];
      return { form: form(token, client, passwordField(words, words.wrongPassword)) };
    },
  });
}

/** Always empty: the server never sends a password back. */
function passwordField({ label, hint }: (typeof VERIFY_EMAIL_WORDS)['en'], problem?: string): Html {
  return html`<label for="password">${label}</label>
${problem ? html`<p class="bad" id="problem">${problem}</p>\n` : ''}<input id="password" name="password" type="password" autocomplete="current-password" aria-describedby="${problem ? 'problem ' : ''}hint"${problem ? html` aria-invalid="true" autofocus` : ''}>
<p class="quiet" id="hint">${hint}</p>
`;
}
