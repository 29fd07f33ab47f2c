import type { FastifyInstance } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Client } from '../../core/request.ts';
import { formCard, type LinkPageParts, linkPage } from './link-page.ts';
import type { CommonOutcome, LinkWords } from './words.ts';

interface Proof<Outcome extends string> {
  path: `/${string}`;
  words: Record<Locale, LinkWords<Outcome>>;
  act(token: string, client: Client): Promise<Outcome | CommonOutcome>;
  /** A better text for the button than the words', where something is known of the token. */
  button?(token: string, client: Client): Promise<string | undefined>;
}

/** A page with one button. */
export function verificationPage<Outcome extends string>(
  app: FastifyInstance,
  parts: LinkPageParts,
  { path, words, act, button }: Proof<Outcome>,
): void {
  linkPage(app, parts, {
    path,
    words,
    act,
    async ask(token, client) {
      const named = await button?.(token, client);
      return { content: formCard({ path, token, site: parts.site, button: named }, words[client.locale]) };
    },
  });
}
