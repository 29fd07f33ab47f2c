import { isIP } from 'node:net';
import type { Config, OpenIdClient } from '../config.ts';
import { fine, must, type Parser } from './parsed.ts';
import type { Settings } from './settings.ts';

type Environment = Record<string, string | undefined>;

/** Scope tokens (RFC 6749 section 3.3), split on spaces or commas. */
export const scopes: Parser<readonly string[]> = (text) => {
  const tokens = text.split(/[\s,]+/).filter(Boolean);
  return tokens.every((token) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(token))
    ? fine(tokens)
    : must('be scopes with spaces or commas between them');
};

/**
 * Where a provider may send people back to, compared to the letter. https, http on the own machine, and the private-use
 * schemes of apps, which are reversed domain names (RFC 8252 section 7.1): whatever else a browser opens could run.
 */
export const redirectUri: Parser<string> = (text) => {
  const problem = must('be https://…, http://localhost…, or an app’s com.example.app:/…, without a fragment');
  if (!URL.canParse(text) || /[#\\\s\p{Cc}]/u.test(text)) return problem;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return problem;
  const isApp = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:$/.test(protocol);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)) || isApp ? fine(text) : problem;
};

/** The providers with variables of their own, whose names no issuer may take. */
export const OAUTH = ['GOOGLE', 'FACEBOOK', 'GITHUB'] as const;

/** What is wrong with the settings of the providers that have variables of their own. */
export function socialErrors(settings: Settings, env: Environment): string[] {
  const errors: string[] = [];
  for (const name of OAUTH) {
    const given = Object.keys(settings).filter(
      (variable) => variable.startsWith(`${name}_OAUTH_`) && Boolean(env[variable]?.trim()),
    );
    const lacking = [`${name}_OAUTH_CLIENT_ID`, `${name}_OAUTH_CLIENT_SECRET`].filter((v) => !given.includes(v));
    if (given.length > 0) errors.push(...lacking.map((variable) => `${variable} is required with ${given[0]}`));
    const address = settings[`${name}_OAUTH_BASE_URL`];
    if (address && settings.NODE_ENV === 'production' && !isPrivate(address)) {
      errors.push(`${name}_OAUTH_BASE_URL must be https in production`);
    }
  }
  return errors;
}

/** What works and is probably not meant. */
export function socialWarnings({ social }: Pick<Config, 'social'>): string[] {
  const isAny = social.google || social.facebook || social.github || social.issuers.length > 0;
  return isAny && social.redirectUris.length === 0
    ? ['SOCIAL_REDIRECT_URIS is empty: nobody can sign in with a social provider in a browser']
    : [];
}

export function socialOf(settings: Settings, issuers: readonly OpenIdClient[]): Config['social'] {
  const clientOf = (name: (typeof OAUTH)[number]) => {
    const clientId = settings[`${name}_OAUTH_CLIENT_ID`];
    const clientSecret = settings[`${name}_OAUTH_CLIENT_SECRET`];
    const [scopes, baseUrl] = [settings[`${name}_OAUTH_SCOPES`], settings[`${name}_OAUTH_BASE_URL`]];
    return clientId && clientSecret ? { clientId, clientSecret, scopes, baseUrl } : undefined;
  };
  const google = clientOf('GOOGLE');
  return {
    redirectUris: settings.SOCIAL_REDIRECT_URIS,
    google: google && { ...google, audiences: [google.clientId, ...settings.GOOGLE_OAUTH_AUDIENCES] },
    facebook: clientOf('FACEBOOK'),
    github: clientOf('GITHUB'),
    issuers,
  };
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));

/** A stand-in on the same machine may be spoken to in the clear. */
export function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}
