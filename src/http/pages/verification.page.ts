import type { FastifyInstance } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Client } from '../../core/request.ts';
import { formCard, type LinkPageDependencies, linkPage } from './link-page.ts';
import type { CommonOutcome, LinkWords } from './words.ts';

interface VerificationPage<Outcome extends string> {
  path: `/${string}`;
  words: Record<Locale, LinkWords<Outcome>>;
  submit(token: string, client: Client): Promise<Outcome | CommonOutcome>;
  /** Replaces the button's text if something is known about the token. */
  button?(token: string, client: Client): Promise<string | undefined>;
}

/** A page with one button. */
export function verificationPage<Outcome extends string>(
  app: FastifyInstance,
  dependencies: LinkPageDependencies,
  { path, words, submit, button }: VerificationPage<Outcome>,
): void {
  linkPage(app, dependencies, {
    path,
    words,
    submit,
    async renderForm(token, client) {
      const label = await button?.(token, client);
      return {
        content: formCard({ path, token, site: dependencies.product.name, button: label }, words[client.locale]),
      };
    },
  });
}
