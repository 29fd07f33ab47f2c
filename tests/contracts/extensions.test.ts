import { line } from '../../src/core/settings/text.ts';
import { baseUrl } from '../../src/core/settings/urls.ts';
import { plainOAuth } from '../../src/features/social/providers/plain-oauth.ts';
import { SOCIAL_PROVIDERS } from '../../src/features/social/providers/registry.ts';
import { smsGateway } from '../../src/infra/sms/gateway.ts';
import { assess } from '../../src/infra/sms/outgoing.ts';
import { sendRequest } from '../../src/infra/web/send-request.ts';
import { type ProviderReply, type ProviderRequest, type SmsFault, startProvider } from '../support/sms-provider.ts';
import { startPlainOAuth } from '../support/social/plain-oauth.ts';
import { describeProvider } from './provider.contract.ts';
import { describeSmsGateway } from './sms-sender.contract.ts';

// The recipes in CONTRIBUTING.md: a gateway and a plain OAuth 2.0 provider that exist only in this file. Nothing in src
// names them, and they have settings, errors, a doctor check and a working sender or sign-in.

const pigeon = smsGateway({
  name: 'pigeon',
  prefix: 'PIGEON',
  settings: {
    apiKey: line.describe('Pigeon: API key.'),
    sender: line.prefault('Latchkey').describe('Pigeon: sender name.'),
    apiUrl: baseUrl.prefault('https://api.pigeon.example').describe('Pigeon: another server.'),
  },
  secretsSentTo: 'apiUrl',
  advice: 'check PIGEON_API_KEY',
  open({ apiKey, sender, apiUrl }, { deadline }) {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    return {
      async send({ to, text }) {
        const body = JSON.stringify({ from: sender, to, text });
        const request = { method: 'POST', url: new URL('/messages', apiUrl), headers, body, deadline } as const;
        const response = assess('Pigeon', await sendRequest(request));
        if (response.kind === 'final') return response.delivery;
        if (response.status < 300) return { outcome: 'sent' };
        return { outcome: 'refused', error: `Pigeon: HTTP ${response.status}` };
      },
      async verify() {
        const response = await sendRequest({ method: 'GET', url: new URL('/account', apiUrl), headers, deadline });
        const assessed = assess('Pigeon', response);
        return assessed.kind === 'final' ? assessed.delivery : { outcome: 'sent' };
      },
      close: async () => {},
    };
  },
});

const API_KEY = 'the key of the account';

function reply({ method, headers }: ProviderRequest, fault: SmsFault): ProviderReply {
  if (headers.authorization !== `Bearer ${API_KEY}` || fault === 'rejects the credentials') return { status: 401 };
  if (method === 'GET') return { status: 200 };
  if (fault === 'rejects the number') return { status: 400 };
  if (fault === 'responds with 429') return { status: 429, headers: { 'retry-after': '7' } };
  return { status: fault === 'responds with 500' ? 500 : 202 };
}

const startPigeon = () =>
  startProvider({
    order({ method, body }) {
      if (method !== 'POST') return undefined;
      const { to, text } = JSON.parse(body);
      return { to, text };
    },
    reply,
  });

describeSmsGateway(pigeon, startPigeon, ({ origin }) => ({ PIGEON_API_KEY: API_KEY, PIGEON_API_URL: origin }));

const guild = plainOAuth({
  name: 'guild',
  label: 'Guild',
  issuer: 'https://guild.example',
  authorizationEndpoint: 'https://guild.example/oauth2/authorize',
  tokenEndpoint: 'https://api.guild.example/oauth2/token',
  profileEndpoint: 'https://api.guild.example/users/me',
  secretIn: 'header',
  scopes: ['identify', 'email'],
  mapProfile: ({ id, email, verified, nick }) => ({ subject: id, email, emailVerified: verified, firstName: nick }),
});

describeProvider(
  'guild',
  () =>
    startPlainOAuth(guild, ({ subject, email, emailVerified }) => ({
      id: subject,
      email,
      verified: emailVerified,
      nick: 'Ada',
    })),
  { hasIdToken: false, verifiesEmail: true },
  [...SOCIAL_PROVIDERS, guild],
);
