import { createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import type { Config, OpenIdClient } from '../config.ts';
import { parseEmail } from '../core/identifiers.ts';
import { fine, list, must, type Parsed, type Parser } from './parsed.ts';
import type { Settings } from './settings.ts';

type Environment = Record<string, string | undefined>;

const line: Parser<string> = (text) =>
  /^[^\p{Cc}]{1,500}$/u.test(text) ? fine(text) : must('be 1 to 500 characters on one line');

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

/** As the provider writes it in its tokens, to the letter. */
const issuer: Parser<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && !url.username && !/[?#\s]/.test(text)
    ? fine(text)
    : must('be the http(s) address that the provider names as its issuer');
};

const domain: Parser<string> = (text) => {
  const name = text.toLowerCase();
  return parseEmail(`a@${name}`) ? fine(name) : must('be a domain such as example.com');
};

/** PEM (PKCS #8), with \n for its line breaks or in base64, so that it fits on one line. */
const privateKey: Parser<string> = (text) => {
  const pem = text.includes('BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString();
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') {
      return fine(String(key.export({ type: 'pkcs8', format: 'pem' })));
    }
  } catch {
    // What node:crypto says quotes nothing that helps.
  }
  return must('be a P-256 private key as PEM, with \\n for its line breaks or in base64');
};

const responseMode: Parser<'query' | 'form_post'> = (text) =>
  text === 'query' || text === 'form_post' ? fine(text) : must('be query or form_post');

/** What can be said of an issuer, after OIDC_<NAME>_. */
const PARTS = {
  ISSUER: issuer,
  CLIENT_ID: line,
  CLIENT_SECRET: line,
  SCOPES: scopes,
  LABEL: line,
  EMAIL_DOMAINS: list(domain),
  RESPONSE_MODE: responseMode,
  TEAM_ID: line,
  KEY_ID: line,
  PRIVATE_KEY: privateKey,
} as const;
type Part = keyof typeof PARTS;

const VARIABLE = new RegExp(`^OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(${Object.keys(PARTS).join('|')})$`);

/** The providers with variables of their own, whose names no issuer may take. */
const OAUTH = ['GOOGLE', 'FACEBOOK', 'GITHUB'] as const;

/** The variables that name issuers, which no list can know beforehand. */
export const issuerVariables = (env: Environment): string[] => Object.keys(env).filter((name) => VARIABLE.test(name));

/** Every issuer that the environment names, and all that is wrong with them. */
export function readIssuers(env: Environment): { issuers: OpenIdClient[]; errors: string[] } {
  const names = new Set<string>();
  for (const variable of issuerVariables(env)) {
    if (env[variable]?.trim()) names.add(VARIABLE.exec(variable)?.[1] ?? '');
  }
  const errors: string[] = [];
  const issuers = [...names].sort().flatMap((name) => {
    const found = readIssuer(name, env);
    if ('client' in found) return [found.client];
    errors.push(...found.errors);
    return [];
  });
  const twice = issuers.filter(({ issuer }, index) => issuers.findIndex((other) => other.issuer === issuer) !== index);
  errors.push(...twice.map(({ name }) => `${variableOf(name, 'ISSUER')} is that of another provider, too`));
  return { issuers, errors };
}

const variableOf = (name: string, part: Part): string => `OIDC_${name.toUpperCase().replaceAll('-', '_')}_${part}`;

function readIssuer(name: string, env: Environment): { client: OpenIdClient } | { errors: string[] } {
  const errors: string[] = [];
  const isSet = (part: Part) => Boolean(env[`OIDC_${name}_${part}`]?.trim());
  function read<T>(part: Part, parse: Parser<T>): T | undefined {
    const given = env[`OIDC_${name}_${part}`]?.trim();
    const parsed: Parsed<T> | undefined = given ? parse(given) : undefined;
    if (parsed && 'problem' in parsed) errors.push(`OIDC_${name}_${part} ${parsed.problem}`);
    return parsed && 'value' in parsed ? parsed.value : undefined;
  }
  const demand = (part: Part, when = '') => {
    if (!isSet(part)) errors.push(`OIDC_${name}_${part} is required with the other OIDC_${name}_ settings${when}`);
  };

  const [issuer, clientId] = [read('ISSUER', PARTS.ISSUER), read('CLIENT_ID', PARTS.CLIENT_ID)];
  const secret = read('CLIENT_SECRET', PARTS.CLIENT_SECRET);
  const [teamId, keyId] = [read('TEAM_ID', PARTS.TEAM_ID), read('KEY_ID', PARTS.KEY_ID)];
  const key = read('PRIVATE_KEY', PARTS.PRIVATE_KEY);
  const client = {
    name: name.toLowerCase().replaceAll('_', '-'),
    label: read('LABEL', PARTS.LABEL) ?? labelOf(name),
    scopes: read('SCOPES', PARTS.SCOPES) ?? ['openid', 'email', 'profile'],
    emailDomains: read('EMAIL_DOMAINS', PARTS.EMAIL_DOMAINS) ?? [],
    responseMode: read('RESPONSE_MODE', PARTS.RESPONSE_MODE) ?? 'query',
  } as const;

  demand('ISSUER');
  demand('CLIENT_ID');
  const isSigned = isSet('TEAM_ID') || isSet('KEY_ID') || isSet('PRIVATE_KEY');
  if (isSigned && isSet('CLIENT_SECRET')) {
    errors.push(`OIDC_${name}_CLIENT_SECRET and OIDC_${name}_PRIVATE_KEY exclude each other`);
  } else if (isSigned) {
    for (const part of ['TEAM_ID', 'KEY_ID', 'PRIVATE_KEY'] as const) demand(part, ' of a signed client secret');
  } else {
    demand('CLIENT_SECRET');
  }
  if (OAUTH.some((taken) => taken === name)) errors.push(`OIDC_${name}_ISSUER: ${name}_OAUTH_* configures this one`);
  if (!client.scopes.includes('openid')) errors.push(`OIDC_${name}_SCOPES must contain openid`);
  if (issuer && isProduction(env) && !isPrivate(issuer)) {
    errors.push(`OIDC_${name}_ISSUER must be https in production`);
  }

  const proof = secret
    ? { kind: 'shared' as const, secret }
    : teamId && keyId && key && { kind: 'signed' as const, teamId, keyId, privateKey: key };
  if (errors.length > 0 || !issuer || !clientId || !proof) return { errors };
  return { client: { ...client, issuer, clientId, proof } };
}

/** MY_COMPANY → My company. */
const labelOf = (name: string): string => {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const isProduction = (env: Environment): boolean => env.NODE_ENV?.trim() === 'production';

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
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}
