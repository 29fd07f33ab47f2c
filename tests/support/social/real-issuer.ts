import './quiet-oidc-provider.ts';

import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { CLIENT_ID, CLIENT_SECRET, type Signer } from './id-tokens.ts';
import { type Peer, REDIRECT_URI, standardClaims, startPeer } from './peer.ts';

/** oidc-provider, the certified server, with its own pages. @param redirectUris further redirect URIs of the client */
export async function startRealIssuer(redirectUris: readonly string[] = []): Promise<Peer> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signer: Signer = { key: privateKey, kid: 'issuer-key-1', alg: 'ES256' };
  const jwk = { ...(await exportJWK(privateKey)), kid: signer.kid, alg: 'ES256', use: 'sig' };

  return startPeer({
    name: 'real',
    tokenPath: '/token',
    signer: async () => signer,
    settings: (origin) => ({
      OIDC_REAL_ISSUER: origin,
      OIDC_REAL_CLIENT_ID: CLIENT_ID,
      OIDC_REAL_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_REAL_LABEL: 'The real one',
    }),
    handler(origin, peer) {
      const provider = new Provider(origin, {
        clients: [
          {
            client_id: CLIENT_ID,
            client_secret: CLIENT_SECRET,
            redirect_uris: [REDIRECT_URI, ...redirectUris],
            id_token_signed_response_alg: 'ES256',
          },
        ],
        jwks: { keys: [jwk] },
        pkce: { required: () => true },
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
        cookies: { keys: ['for-tests-alone'] },
        findAccount: (_context, accountId) => ({
          accountId,
          claims: async () => ({ ...standardClaims(peer().person), sub: accountId }),
        }),
      });
      return provider.callback();
    },
    visit,
  });
}

/** Follows redirects with cookies and fills in forms, like a browser. */
async function visit(start: string, { person }: Peer): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let [url, form]: [string, URLSearchParams | undefined] = [start, undefined];
  for (let step = 0; step < 20; step++) {
    const response: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    if (location) {
      [url, form] = [new URL(location, url).href, undefined];
      if (url.startsWith(REDIRECT_URI)) return new URL(url).searchParams;
      continue;
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
    if (!action) throw new Error(`neither a redirect nor a form: HTTP ${response.status} ${text.slice(0, 300)}`);
    const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? '';
    [url, form] = [
      new URL(action, url).href,
      new URLSearchParams({ prompt, login: person.subject, password: 'any password will do' }),
    ];
  }
  throw new Error('too many redirects and forms');
}
