import type { SessionState, SessionUser, SignOutReason } from './session.ts';
import type { Tabs } from './tabs.ts';

/** An access token, and whose it is. In memory only. */
export interface Access {
  readonly token: string;
  /** Milliseconds since 1970. From `renewAt` on, the token is renewed before it is used. */
  readonly renewAt: number;
  readonly expiresAt: number;
  readonly user: SessionUser;
  readonly sessionId: string;
}

/** What a tab tells the others. */
export type AccessNews =
  | { readonly access: Access }
  /** Newer data. No token, because a late message must not bring back a user who has been replaced. */
  | { readonly user: SessionUser }
  | { readonly signedOut: SignOutReason | undefined };

export interface AccessHolder {
  current(): Access | undefined;
  /** Changes with each token, and when the user signs out, here or in another tab. */
  version(): number;
  /** @param seconds lifetime of the token */
  set(token: string, seconds: number, user: SessionUser, sessionId: string): void;
  clear(reason: SignOutReason | undefined): void;
  /** Shows newer data of the user. */
  update(user: Partial<SessionUser>): void;
  /** Takes what another tab told. */
  hear(news: AccessNews): void;
}

/** Milliseconds. A token is renewed this long before it expires, or a tenth of its lifetime if that is less. */
const LEEWAY = 30_000;

/** Holds the access token of all tabs: each change is told to the others, and becomes the session that the app sees. */
export function createAccessHolder(tabs: Tabs<AccessNews>, state: SessionState, now: () => number): AccessHolder {
  let access: Access | undefined;
  let version = 0;

  const take = (news: AccessNews): void => {
    if ('signedOut' in news) {
      access = undefined;
      version += 1;
      state.set(news.signedOut ? { status: 'signedOut', reason: news.signedOut } : { status: 'signedOut' });
      return;
    }
    if ('access' in news) {
      if (news.access.token !== access?.token) version += 1;
      access = news.access;
    } else if (access && access.user.id === news.user?.id) access = { ...access, user: news.user };
    else return; // Of another user, or from a tab with another version of this package.
    state.set({ status: 'signedIn', user: access.user, sessionId: access.sessionId });
  };
  const publish = (news: AccessNews): void => {
    take(news);
    tabs.tell(news);
  };

  return {
    current: () => access,
    version: () => version,
    set(token, seconds, user, sessionId) {
      const lifetime = seconds * 1_000;
      const expiresAt = now() + lifetime;
      publish({ access: { token, renewAt: expiresAt - Math.min(LEEWAY, lifetime / 10), expiresAt, user, sessionId } });
    },
    clear: (reason) => publish({ signedOut: reason }),
    update(user) {
      if (access?.user.id !== user.id || !access) return;
      const known = Object.keys(access.user).filter((name) => name in user) as (keyof SessionUser)[];
      const newer = Object.fromEntries(known.map((name) => [name, user[name]]));
      publish({ user: { ...access.user, ...newer } });
    },
    hear(news) {
      // A message may arrive late, after this tab has renewed the token of the same session itself.
      const isOld =
        'access' in news && access?.sessionId === news.access.sessionId && access.expiresAt > news.access.expiresAt;
      if (!isOld) take(news);
    },
  };
}
