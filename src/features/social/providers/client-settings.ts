import type { Values } from '../../../core/settings/setting-group.ts';
import { line, parsed, word } from '../../../core/settings/text.ts';
import { baseUrl } from '../../../core/settings/urls.ts';
import { visible } from '../../../core/settings/visible.ts';

/** Scope tokens (RFC 6749 section 3.3), separated by spaces or commas. */
export const scopes = visible(
  parsed('be scopes separated by spaces or commas', (text): readonly string[] | undefined => {
    const tokens = text.split(/[\s,]+/).filter(Boolean);
    return tokens.every((token) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(token)) ? tokens : undefined;
  }),
);

/** The settings of an OAuth client at a provider with fixed endpoints. */
export const clientSettings = (label: string, defaultScopes: readonly string[]) => ({
  clientId: visible(word).describe(`${label}: client ID of the application.`),
  clientSecret: line.describe(`${label}: client secret.`),
  scopes: scopes
    .optional()
    .describe(`${label}: scopes, separated by spaces or commas. Unset: ${defaultScopes.join(' ')}.`),
  baseUrl: baseUrl
    .optional()
    .describe(`${label}: base URL of another server with the same API. Unset: ${label} itself.`),
});

export type ClientSettings = Values<ReturnType<typeof clientSettings>>;
