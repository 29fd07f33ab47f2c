import { createPrivateKey } from 'node:crypto';
import { parseAsciiEmail } from '../../../../core/identifiers.ts';
import { line, list, oneOf, parsed, word } from '../../../../core/settings/text.ts';
import { isHttpUrl, parseUrl, visibleUrl } from '../../../../core/settings/urls.ts';
import { visible } from '../../../../core/settings/visible.ts';
import { scopes } from '../client-settings.ts';
import { socialProvider } from '../definition.ts';
import { openIdProvider } from './openid-provider.ts';

const issuer = parsed('be the http(s) URL that the provider names as its issuer', (text) => {
  const url = parseUrl(text);
  return isHttpUrl(url) && !url.username && !/[?#\s]/.test(text) ? text : undefined;
});

const domain = parsed('be a domain such as example.com', (text) => {
  const name = text.toLowerCase();
  return parseAsciiEmail(`a@${name}`) ? name : undefined;
});

/** PEM (PKCS #8), on one line: with \n for its line breaks, or in base64. */
const privateKey = parsed('be a P-256 private key as PEM, with \\n for its line breaks or in base64', (text) => {
  const pem = text.includes('BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString();
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? String(key.export({ type: 'pkcs8', format: 'pem' }))
      : undefined;
  } catch {
    return undefined;
  }
});

/** Any OpenID issuer: Keycloak, Entra, Okta, Apple … The operator names each: OIDC_KEYCLOAK_ISSUER. */
export const openId = socialProvider({
  name: undefined,
  prefix: 'OIDC',
  settings: {
    issuer: visibleUrl(issuer).describe(
      'The issuer, exactly as in the iss claim of its tokens. The endpoints come from discovery.',
    ),
    clientId: visible(line).describe('Client ID of the application.'),
    clientSecret: line
      .optional()
      .describe('Client secret. Required unless the next three are set: TEAM_ID, KEY_ID and PRIVATE_KEY.'),
    audiences: list(visible(word))
      .prefault('')
      .describe(
        'Client IDs of your apps at the same issuer, comma-separated. Their ID tokens are accepted, too. Apple: bundle IDs.',
      ),
    scopes: visible(scopes.refine((tokens) => tokens.includes('openid'), 'must contain openid'))
      .prefault('openid email profile')
      .describe('Scopes, separated by spaces or commas. openid is required.'),
    label: visible(line).optional().describe('Name shown to users. Unset: derived from <NAME>.'),
    emailDomains: list(visible(domain))
      .prefault('')
      .describe('Domains whose mailboxes this provider assigns itself, comma-separated. See docs/social.md.'),
    responseMode: oneOf(['query', 'form_post'])
      .prefault('query')
      .describe('query, or form_post if the provider requires it, as Apple does with the scopes name and email.'),
    teamId: visible(line)
      .optional()
      .describe('Apple: team ID. Apple has no fixed client secret; a JWT signed with the private key replaces it.'),
    keyId: visible(line).optional().describe('Apple: ID of the private key.'),
    privateKey: privateKey
      .optional()
      .describe('Apple: the private key, as PEM with \\n for line breaks, or in base64.'),
  },
  secretsSentTo: 'issuer',
  check({ isSet, variable }) {
    const signing = ['teamId', 'keyId', 'privateKey'] as const;
    const isSigned = signing.some(isSet);
    if (isSigned && isSet('clientSecret'))
      return [`${variable('clientSecret')} and ${variable('privateKey')} exclude each other`];
    if (!isSigned && !isSet('clientSecret'))
      return [`${variable('clientSecret')} is required, or ${variable('privateKey')} to sign one`];
    const missing = isSigned ? signing.filter((setting) => !isSet(setting)) : [];
    return missing.map((setting) => `${variable(setting)} is required to sign a client secret`);
  },
  advice: 'check that this machine can reach the issuer, and that it is written as in its discovery document',
  create: ({ label, emailDomains, clientSecret = '', teamId, keyId, privateKey, ...client }, dependencies) => {
    const secret =
      teamId && keyId && privateKey
        ? ({ kind: 'signed', teamId, keyId, privateKey } as const)
        : ({ kind: 'shared', secret: clientSecret } as const);
    const name = { name: dependencies.name, label: label ?? toLabel(dependencies.name) };
    return openIdProvider({ ...name, emailDomains, ...client, secret }, dependencies);
  },
});

/** my-company → My company. */
const toLabel = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
