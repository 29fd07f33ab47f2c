// An OpenID provider for trying social sign-in on this machine. It accepts any login and password: for nothing else.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/**
 * Starts it, and returns the settings that Latchkey needs.
 * @param redirectUri the page to which users come back
 */
export async function startIssuer(port, redirectUri) {
  const issuer = `http://localhost:${port}`;
  const client = {
    client_id: 'latchkey-example',
    client_secret: 'for-this-machine-alone',
    redirect_uris: [redirectUri],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    // The login is the email address.
    findAccount: (_context, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: login.includes('@') ? login : `${login}@example.com`,
        email_verified: true,
        given_name: login.split('@')[0],
      }),
    }),
    cookies: { keys: ['for-this-machine-alone'] },
  });
  const server = createServer(provider.callback());
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, 'localhost', resolve));
  return {
    settings: {
      OIDC_LOCAL_ISSUER: issuer,
      OIDC_LOCAL_CLIENT_ID: client.client_id,
      OIDC_LOCAL_CLIENT_SECRET: client.client_secret,
      OIDC_LOCAL_LABEL: 'The local provider',
      SOCIAL_REDIRECT_URIS: redirectUri,
      ALLOWED_ORIGINS: new URL(redirectUri).origin,
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
