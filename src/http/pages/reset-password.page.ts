import type { FastifyInstance } from 'fastify';
import type { Client } from '../../core/request.ts';
import { fieldOf } from './form.ts';
import { type Html, html } from './html.ts';
import { type FormAgain, formCard, type LinkPageParts, linkPage } from './link-page.ts';
import { servePageFiles } from './page-files.ts';
import { RESET_PASSWORD_WORDS } from './reset-password.words.ts';
import type { ResetOutcome } from './words.ts';

interface Dependencies extends LinkPageParts {
  /** Told before anything is typed. */
  passwords: { minLength: number; minStrength: number };
  /** Sets the password and ends all sessions. It judges the password first, so that a bad one costs no token. */
  reset(token: string, newPassword: string, client: Client): Promise<ResetOutcome>;
}

const PATH = '/reset-password';

/** Bytes: the longest password, percent-encoded, and far more, so that the policy says that it is too long. */
const FORM_LIMIT = 16_384;

/** A form for the new password. Its strength is told while it is typed, where there is JavaScript. */
export function resetPasswordPage(app: FastifyInstance, { passwords, reset, ...parts }: Dependencies): void {
  const form = (token: string, { locale }: Client, problems: readonly string[] = []): FormAgain['form'] => ({
    content: formCard(
      { path: PATH, token, site: parts.site },
      RESET_PASSWORD_WORDS[locale],
      passwordField(passwords, RESET_PASSWORD_WORDS[locale], problems),
    ),
    script: 'pages/strength.js',
  });

  servePageFiles(app);
  linkPage(app, parts, {
    path: PATH,
    words: RESET_PASSWORD_WORDS,
    formLimit: FORM_LIMIT,
    ask: async (token, client) => form(token, client),
    async act(token, client, request) {
      const outcome = await reset(token, fieldOf(request, 'password') ?? '', client);
      return typeof outcome === 'string' ? outcome : { form: form(token, client, outcome.problems) };
    },
  });
}

type Words = (typeof RESET_PASSWORD_WORDS)['en'];

/** Never filled in again: what was typed does not come back from the server. The script reads its words from here. */
function passwordField(
  { minLength, minStrength }: Dependencies['passwords'],
  { label, hint, ratings, tooWeak }: Words,
  problems: readonly string[],
): Html {
  const wrong = problems.length > 0;
  const told = html`<ul class="bad" id="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>
`;
  return html`<label for="password">${label}</label>
${wrong ? told : ''}<input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="${wrong ? 'problems ' : ''}hint"${wrong ? html` aria-invalid="true" autofocus` : ''}>
<meter id="meter" min="0" max="4" low="1.5" high="2.5" optimum="4" hidden></meter>
<p class="quiet" id="strength" role="status" data-ratings="${JSON.stringify(ratings)}" data-too-weak="${tooWeak}" data-least="${minStrength}"></p>
<p class="quiet" id="hint">${hint.replaceAll('{count}', String(minLength))}</p>
`;
}
