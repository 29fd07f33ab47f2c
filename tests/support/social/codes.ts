import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Person } from './peer.ts';

interface Granted {
  person: Person;
  nonce: string | undefined;
  redirectUri: string;
  challenge: string | undefined;
}

/** Authorization codes that work once, for their redirect URI and PKCE challenge. */
export function createCodes() {
  const granted = new Map<string, Granted>();
  return {
    /** Responds to the authorization request as if the user had agreed. */
    grant(query: URLSearchParams, person: Person, response: ServerResponse, extra: Record<string, string> = {}): void {
      const code = randomBytes(16).toString('hex');
      const redirectUri = query.get('redirect_uri') ?? '';
      const challenge = query.get('code_challenge') ?? undefined;
      granted.set(code, { person: { ...person }, nonce: query.get('nonce') ?? undefined, redirectUri, challenge });
      const location = new URL(redirectUri);
      const state = query.get('state') ?? '';
      for (const [name, value] of Object.entries({ code, state, ...extra })) location.searchParams.set(name, value);
      response.writeHead(302, { location: location.href }).end();
    },

    /** Returns what the code was granted for; undefined if the provider would reject it. */
    redeem(form: Record<string, string>): Granted | undefined {
      const found = granted.get(form.code ?? '');
      granted.delete(form.code ?? '');
      const hash = createHash('sha256')
        .update(form.code_verifier ?? '')
        .digest('base64url');
      return found && found.redirectUri === form.redirect_uri && found.challenge === hash ? found : undefined;
    },
  };
}
