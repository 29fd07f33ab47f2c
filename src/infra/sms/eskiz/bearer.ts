import { after, type Clock, fromNumericDate, HOUR } from '../../../core/clock.ts';
import { parseJsonObject } from '../outgoing.ts';

export type Login = { kind: 'token'; token: string } | { kind: 'failed'; error: string };

/** Milliseconds before its end at which a token is replaced, so that no message finds it expired. */
const RENEWED_BEFORE = HOUR;

/**
 * Keeps one bearer token. If it is missing, refused or about to expire, one caller logs in and all waiting callers get the
 * result.
 */
export function createBearer(logIn: () => Promise<Login>, clock: Clock) {
  let token: string | undefined;
  let renewal: Promise<Login> | undefined;

  async function renew(): Promise<Login> {
    const login = await logIn();
    if (login.kind === 'token') token = login.token;
    return login;
  }

  /** Whether the token, which may have no readable end, ends within this many milliseconds. */
  function endsWithin(given: string, milliseconds: number): boolean {
    const end = readExpiry(given);
    return end !== undefined && end <= after(clock.now(), milliseconds);
  }

  return {
    /**
     * @param deadline milliseconds; a login that another caller started may take longer
     * @param refused the token that the gateway did not accept
     */
    async get(deadline: number, refused?: string): Promise<Login> {
      const current = token === refused ? undefined : token;
      if (current !== undefined && !endsWithin(current, RENEWED_BEFORE)) return { kind: 'token', token: current };
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Login>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'failed', error: 'no response in time' }), Math.max(0, deadline));
      });
      const login = await Promise.race([renewal, late]).finally(() => clearTimeout(timer));
      // It could not be replaced early, but it is still valid.
      if (login.kind === 'failed' && current !== undefined && !endsWithin(current, 0))
        return { kind: 'token', token: current };
      return login;
    },
  };
}

/** The end in a JWT (RFC 7519 section 4.1.4). Undefined if it is not a JWT or has none. */
function readExpiry(token: string): Date | undefined {
  const { exp } = parseJsonObject(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return typeof exp === 'number' ? fromNumericDate(exp) : undefined;
}
