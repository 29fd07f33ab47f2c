import { createVerifier, VerificationError, type Verifier, type VerifierOptions } from '@latchkey/verify';
import type { Environment } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { freePort } from './ports.ts';
import { eventually } from './server-process.ts';
import { WITHOUT_VERIFICATION } from './sessions.ts';

export const AUDIENCE = 'https://api.example.com';

/** Starts the service with its own URL as PUBLIC_URL, so that verifiers find it by the issuer. */
export async function startIssuer(env: Environment = {}, at?: number): Promise<TestApp> {
  const port = at ?? (await freePort());
  const settings = { PUBLIC_URL: `http://localhost:${port}`, TOKEN_AUDIENCE: AUDIENCE };
  const app = await startApp({ ...WITHOUT_VERIFICATION, ...settings, ...env }, {}, port);
  return { ...app, url: `http://localhost:${port}` };
}

/** A verifier for the service's tokens. Close it when done. */
export const verifierFor = ({ url }: Pick<TestApp, 'url'>, options: Partial<VerifierOptions> = {}): Verifier =>
  createVerifier({ issuer: url, audience: AUDIENCE, ...options });

/** The code of the refusal, or `accepted`. */
export async function outcomeOf(verifier: Pick<Verifier, 'verify'>, token: string | undefined): Promise<string> {
  try {
    await verifier.verify(token);
    return 'accepted';
  } catch (error) {
    if (error instanceof VerificationError) return error.code;
    throw error;
  }
}

/** Milliseconds: a verifier must refuse a session's tokens this soon after its end. */
const REFUSED_WITHIN = 2_000;

/** Fails unless the token is refused within two seconds because its session has ended. */
export const expectRevokedInTime = (verifier: Verifier, token: string): Promise<void> =>
  eventually(async () => {
    const outcome = await outcomeOf(verifier, token);
    if (outcome !== 'revoked') throw new Error(`${outcome} two seconds after the session ended`);
  }, REFUSED_WITHIN);
