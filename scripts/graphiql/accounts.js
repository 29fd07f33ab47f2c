// Who is signed in, in memory only: tokens in localStorage could be read by any script of this origin, and would outlive
// the tab.

/** Milliseconds before the expiry of an access token at which it is refreshed. */
const AHEAD = 30_000;

/**
 * @param send posts a GraphQL request and returns the response
 * @param refreshDocument the text of the operation Refresh
 * @param names of the types of the service
 * @param changed called after each change
 */
export function createAccounts({ send, refreshDocument, names, changed, now = () => performance.now() }) {
  /** By user; one for the user and one for each who acts as them. */
  const accounts = new Map();
  let currentKey;
  let lastChallenge;
  let notice = '';

  const current = () => accounts.get(currentKey);

  function forget(key, reason = '') {
    accounts.delete(key);
    if (currentKey === key) currentKey = undefined;
    notice = reason;
    changed();
  }

  /** Keeps the tokens of an outcome. Those of Reauthenticated belong to the account that has sent the request. */
  function keep({ accessToken, refreshToken, accessTokenExpiresIn, user }) {
    const claims = readClaims(accessToken);
    if (!claims?.sub) return undefined;
    const key = claims.act ? `${claims.sub} by ${claims.act.sub}` : claims.sub;
    const known = accounts.get(key);
    const isSameSession = known?.sessionId === claims.sid;
    const lifetime = accessTokenExpiresIn ?? claims.exp - claims.iat;
    const account = {
      key,
      name: user?.email ?? claims.email ?? user?.phone ?? known?.name ?? claims.sub,
      isImpersonation: claims.act !== undefined,
      sessionId: claims.sid,
      accessToken,
      refreshToken: refreshToken ?? (isSameSession ? known.refreshToken : undefined),
      // The refresh token is only in the cookie.
      hasCookie: refreshToken === null || (isSameSession && known.hasCookie && refreshToken === undefined),
      expiresAt: now() + lifetime * 1000,
    };
    accounts.set(key, account);
    currentKey = key;
    notice = '';
    return account;
  }

  /** Looks through the root fields of a response for tokens and challenges. */
  function learn({ data }, sentBy) {
    for (const outcome of Object.values(data ?? {})) {
      if (typeof outcome !== 'object' || outcome === null) continue;
      if (typeof outcome.accessToken === 'string') keep(outcome);
      const challenge =
        outcome.challengeId ?? (names.ofType(outcome.__typename ?? '') === 'Challenge' ? outcome.id : undefined);
      if (typeof challenge === 'string') lastChallenge = challenge;
      if (names.ofType(outcome.__typename ?? '') === 'LoggedOut' && sentBy) forgetIfEnded(sentBy);
    }
    changed();
  }

  /** A logout may have ended another session. */
  async function forgetIfEnded({ key, accessToken }) {
    const { errors } = await send({ query: names.inDocument('{ me { id } }') }, bearer(accessToken));
    if (isRefused(errors)) forget(key);
  }

  function refresh(account) {
    account.refreshing ??= renew(account).finally(() => {
      account.refreshing = undefined;
    });
    return account.refreshing;
  }

  /** @returns the account with new tokens; undefined if there are none */
  async function renew(account) {
    if (!account.refreshToken && !account.hasCookie) return undefined;
    const input = account.refreshToken ? { refreshToken: account.refreshToken } : {};
    const { data } = await send({ query: names.inDocument(refreshDocument), variables: { input } }, {});
    const outcome = data?.refresh;
    const type = names.ofType(outcome?.__typename ?? '');
    if (type === 'RefreshRejected')
      forget(account.key, `The session of ${account.name} has ended (${outcome.reason}).`);
    if (type !== 'Authenticated') return undefined;
    const selected = currentKey;
    const renewed = keep(outcome);
    currentKey = selected;
    // The cookie is of the user who signed in last.
    if (renewed?.key !== account.key) account.hasCookie = false;
    changed();
    return renewed?.key === account.key ? renewed : undefined;
  }

  return {
    list: () => [...accounts.values()],
    current,
    notice: () => notice,
    challenge: () => lastChallenge,
    /** @param key of an account; undefined to send no token */
    select(key) {
      currentKey = accounts.has(key) ? key : undefined;
      notice = '';
      changed();
    },
    forget: (key) => forget(key),
    async refresh() {
      const account = current();
      if (!account) return;
      const renewed = await refresh(account).catch(() => undefined);
      // A rejected refresh token has a notice of its own.
      if (!renewed && accounts.has(account.key)) notice = 'The refresh failed. Try again.';
      changed();
    },
    learn,

    /** Sends a request as the current user, and again after a refresh if the access token was refused. */
    async sendAsCurrent(request, headers) {
      let account = current();
      if (account && account.expiresAt - now() < AHEAD) account = (await refresh(account)) ?? current();
      let response = await send(request, { ...bearer(account?.accessToken), ...headers });
      if (account && isRefused(response.errors)) {
        const renewed = await refresh(account);
        if (renewed) response = await send(request, { ...bearer(renewed.accessToken), ...headers });
        else if (!account.refreshToken && !account.hasCookie)
          forget(account.key, `The session of ${account.name} has ended.`);
      }
      learn(response, account);
      return response;
    },
  };
}

const bearer = (token) => (token ? { authorization: `Bearer ${token}` } : {});

const isRefused = (errors) => errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;

/** The claims of a JWT, not verified: only to show whose it is. */
function readClaims(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
