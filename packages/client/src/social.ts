import { blocked } from './errors.ts';
import type { Operations, SocialAuthorizeResult, SocialCallbackResult } from './generated/operations.ts';

export interface SocialOptions {
  /** An entry of SOCIAL_REDIRECT_URIS. By default the current page without query and fragment. */
  readonly redirectUri?: string;
  /** `LINK` adds the provider to the ways in which the signed-in user can sign in. */
  readonly purpose?: 'AUTHENTICATE' | 'LINK';
  /** For `LINK`, if the last sign-in was more than ten minutes ago. */
  readonly password?: string;
  /** A path of the app to go back to, returned by `completeSocial`. */
  readonly returnTo?: string;
}

/** The user cancelled at the provider, or the provider refused. `error` is its code (RFC 6749, section 4.1.2.1). */
export interface SocialCancelled {
  readonly __typename: 'SocialCancelled';
  readonly error: string;
}
/** This browser did not start the sign-in, or has completed it. Start again. */
export interface SocialNotStarted {
  readonly __typename: 'SocialNotStarted';
}
export type CompleteSocialResult = (SocialCallbackResult | SocialCancelled | SocialNotStarted) & {
  readonly returnTo?: string | undefined;
};

export interface Social {
  /** Sends the browser to the provider. Returns only if there is a problem, or just before the page is left. */
  signInWith(provider: string, options?: SocialOptions): Promise<SocialAuthorizeResult>;
  /**
   * Completes the sign-in on the page of the redirect URI, and removes its parameters from the address bar. Undefined if
   * the page was opened otherwise, and SocialNotStarted, with the parameters left in place, if this tab did not start it.
   * Calling it twice completes it once.
   */
  completeSocial(): Promise<CompleteSocialResult | undefined>;
}

/** What the browser keeps while the user is at the provider. */
interface Started {
  readonly challengeId: string;
  readonly provider: string;
  readonly returnTo?: string | undefined;
}

const PARAMETERS = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'scope',
  'authuser',
  'prompt',
  'hd',
];
const keyOf = (state: string): string => `latchkey:social:${state}`;

/** @throws LatchkeyError with the code BLOCKED if the browser denies the page its storage */
function tabStorage(): Storage {
  try {
    return sessionStorage;
  } catch (error) {
    throw blocked(error);
  }
}

export function createSocial(operations: Operations): Social {
  let completing: Promise<CompleteSocialResult | undefined> | undefined;

  async function complete(url: URL): Promise<CompleteSocialResult | undefined> {
    const { code, state, iss, error } = Object.fromEntries(url.searchParams);
    if (!state || !(code || error)) return undefined;
    // Per tab, so that a link from elsewhere cannot complete a sign-in here (login CSRF).
    const storage = tabStorage();
    const kept = storage.getItem(keyOf(state));
    // The page may also be the redirect URI of another flow of the app, which needs its parameters.
    if (!kept) return { __typename: 'SocialNotStarted' };
    storage.removeItem(keyOf(state));
    for (const name of PARAMETERS) url.searchParams.delete(name);
    history.replaceState(history.state, '', url);
    const { challengeId, provider, returnTo } = JSON.parse(kept) as Started;
    if (!code) return { __typename: 'SocialCancelled', error: error ?? '', returnTo };
    const issuer = iss ? { issuer: iss } : {};
    return { ...(await operations.socialCallback({ challengeId, provider, code, state, ...issuer })), returnTo };
  }

  return {
    async signInWith(provider, { redirectUri, returnTo, ...options } = {}) {
      const storage = tabStorage();
      const page = `${location.origin}${location.pathname}`;
      const result = await operations.socialAuthorize({ ...options, provider, redirectUri: redirectUri ?? page });
      if (result.__typename !== 'SocialAuthorization') return result;
      const started: Started = { challengeId: result.challengeId, provider, returnTo };
      storage.setItem(keyOf(result.state), JSON.stringify(started));
      location.assign(result.url);
      return result;
    },
    completeSocial() {
      // React runs effects twice in development; the second call must not find nothing to complete.
      completing ??= complete(new URL(location.href)).finally(() => {
        setTimeout(() => {
          completing = undefined;
        });
      });
      return completing;
    },
  };
}
