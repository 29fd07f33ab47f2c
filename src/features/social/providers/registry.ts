import type { ProviderDefinition } from './definition.ts';
import { facebook } from './facebook/facebook.ts';
import { github } from './github/github.ts';
import { google } from './google/google.ts';
import { openId } from './openid/openid.ts';

/** All social providers, in the order in which users see them. Settings, doctor and .env.example follow from it. */
export const SOCIAL_PROVIDERS: readonly ProviderDefinition[] = [google, facebook, github, openId];

/** By the provider's name, for imports of identities. */
export const KNOWN_ISSUERS: Readonly<Record<string, string>> = Object.fromEntries(
  SOCIAL_PROVIDERS.flatMap(({ name, issuer }) => (name && issuer ? [[name, issuer]] : [])),
);
