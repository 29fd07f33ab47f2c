import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import { readField } from './form.ts';
import { type Html, html } from './html.ts';
import { type FormPage, formCard, type LinkPageDependencies, linkPage } from './link-page.ts';
import { RESET_PASSWORD_WORDS } from './reset-password.words.ts';
import type { ResetOutcome } from './words.ts';

interface Dependencies extends LinkPageDependencies {
  /** Shown before the user types. */
  passwords: { minLength: number; minStrength: number };
  /** Sets the password and ends all sessions. A rejected password does not use up the token. */
  reset(token: string, newPassword: string, client: Client): Promise<ResetOutcome>;
}

const PATH = '/reset-password';

/** Bytes. More than the longest password needs, so that a longer one is rejected by the policy, with a reason. */
const FORM_LIMIT = 16_384;

/** A form for the new password. With JavaScript it shows the strength while the user types. */
export function resetPasswordPage(app: FastifyInstance, { passwords, reset, ...dependencies }: Dependencies): void {
  const form = (token: string, { locale }: Client, problems: readonly string[] = []): FormPage => ({
    content: formCard(
      { path: PATH, token, site: dependencies.product.name },
      RESET_PASSWORD_WORDS[locale],
      passwordField(passwords, RESET_PASSWORD_WORDS[locale], problems),
    ),
    script: 'pages/strength.js',
  });

  linkPage(app, dependencies, {
    path: PATH,
    words: RESET_PASSWORD_WORDS,
    formLimit: FORM_LIMIT,
    renderForm: async (token, client) => form(token, client),
    async submit(token, client, request) {
      const outcome = await reset(token, readField(request, 'password') ?? '', client);
      return typeof outcome === 'string' ? outcome : { form: form(token, client, outcome.problems) };
    },
  });
}

type Words = (typeof RESET_PASSWORD_WORDS)['en'];

/** Always empty: the server never sends a password back. The script reads its texts from the data attributes. */
function passwordField(
  { minLength, minStrength }: Dependencies['passwords'],
  { label, hint, ratings, tooWeak }: Words,
  problems: readonly string[],
): Html {
  const isInvalid = problems.length > 0;
  const problemList = html`<ul class="bad" id="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>
`;
  return html`<label for="password">${label}</label>
${isInvalid ? problemList : ''}<input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="${isInvalid ? 'problems ' : ''}hint"${isInvalid ? html` aria-invalid="true" autofocus` : ''}>
<meter id="meter" min="0" max="4" low="1.5" high="2.5" optimum="4" hidden></meter>
<p class="quiet" id="strength" role="status" data-ratings="${JSON.stringify(ratings)}" data-too-weak="${tooWeak}" data-min-score="${minStrength}"></p>
<p class="quiet" id="hint">${hint.replaceAll('{count}', String(minLength))}</p>
`;
}
