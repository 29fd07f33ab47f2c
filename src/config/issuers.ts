import { createPrivateKey } from 'node:crypto';
import type { OpenIdClient } from '../config.ts';
import { parseEmail } from '../core/identifiers.ts';
import { fine, list, must, type Parsed, type Parser } from './parsed.ts';
import { isPrivate, OAUTH, scopes } from './social.ts';

type Environment = Record<string, string | undefined>;

const line: Parser<string> = (text) =>
  /^[^\p{Cc}]{1,500}$/u.test(text) ? fine(text) : must('be 1 to 500 characters on one line');

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

/** The variables of one issuer, read one by one. */
function readerOf(name: string, env: Environment) {
  const errors: string[] = [];
  const isSet = (part: Part) => Boolean(env[`OIDC_${name}_${part}`]?.trim());
  return {
    errors,
    isSet,
    read<T>(part: Part, parse: Parser<T>): T | undefined {
      const given = env[`OIDC_${name}_${part}`]?.trim();
      const parsed: Parsed<T> | undefined = given ? parse(given) : undefined;
      if (parsed && 'problem' in parsed) errors.push(`OIDC_${name}_${part} ${parsed.problem}`);
      return parsed && 'value' in parsed ? parsed.value : undefined;
    },
    request(part: Part, when = ''): void {
      if (!isSet(part)) errors.push(`OIDC_${name}_${part} is required with the other OIDC_${name}_ settings${when}`);
    },
  };
}

function readIssuer(name: string, env: Environment): { client: OpenIdClient } | { errors: string[] } {
  const reader = readerOf(name, env);
  const { read, errors } = reader;
  const [issuer, clientId] = [read('ISSUER', PARTS.ISSUER), read('CLIENT_ID', PARTS.CLIENT_ID)];
  const client = {
    name: name.toLowerCase().replaceAll('_', '-'),
    label: read('LABEL', PARTS.LABEL) ?? labelOf(name),
    scopes: read('SCOPES', PARTS.SCOPES) ?? ['openid', 'email', 'profile'],
    emailDomains: read('EMAIL_DOMAINS', PARTS.EMAIL_DOMAINS) ?? [],
    responseMode: read('RESPONSE_MODE', PARTS.RESPONSE_MODE) ?? 'query',
  } as const;
  reader.request('ISSUER');
  reader.request('CLIENT_ID');
  const proof = readProof(name, reader);

  if (OAUTH.some((taken) => taken === name)) errors.push(`OIDC_${name}_ISSUER: ${name}_OAUTH_* configures this one`);
  if (!client.scopes.includes('openid')) errors.push(`OIDC_${name}_SCOPES must contain openid`);
  if (issuer && env.NODE_ENV?.trim() === 'production' && !isPrivate(issuer)) {
    errors.push(`OIDC_${name}_ISSUER must be https in production`);
  }
  return errors.length > 0 || !issuer || !clientId || !proof
    ? { errors }
    : { client: { ...client, issuer, clientId, proof } };
}

/** A secret, or what one is signed with. */
function readProof(name: string, { read, request, isSet, errors }: ReturnType<typeof readerOf>) {
  const secret = read('CLIENT_SECRET', PARTS.CLIENT_SECRET);
  const [teamId, keyId] = [read('TEAM_ID', PARTS.TEAM_ID), read('KEY_ID', PARTS.KEY_ID)];
  const privateKey = read('PRIVATE_KEY', PARTS.PRIVATE_KEY);
  const isSigned = isSet('TEAM_ID') || isSet('KEY_ID') || isSet('PRIVATE_KEY');
  if (isSigned && isSet('CLIENT_SECRET')) {
    errors.push(`OIDC_${name}_CLIENT_SECRET and OIDC_${name}_PRIVATE_KEY exclude each other`);
  } else if (isSigned) {
    for (const part of ['TEAM_ID', 'KEY_ID', 'PRIVATE_KEY'] as const) request(part, ' of a signed client secret');
  } else {
    request('CLIENT_SECRET');
  }
  if (secret) return { kind: 'shared', secret } as const;
  return teamId && keyId && privateKey ? ({ kind: 'signed', teamId, keyId, privateKey } as const) : undefined;
}

/** MY_COMPANY → My company. */
const labelOf = (name: string): string => {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
