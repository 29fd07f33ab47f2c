export type Login = { kind: 'token'; token: string } | { kind: 'failed'; error: string };

/** Keeps one bearer token. If it is missing or refused, one caller logs in and all waiting callers get the result. */
export function createBearer(logIn: () => Promise<Login>) {
  let token: string | undefined;
  let renewal: Promise<Login> | undefined;

  async function renew(): Promise<Login> {
    token = undefined;
    const login = await logIn();
    if (login.kind === 'token') token = login.token;
    return login;
  }

  return {
    /**
     * @param deadline milliseconds; a login that another caller started may take longer
     * @param refused the token that the gateway did not accept
     */
    async get(deadline: number, refused?: string): Promise<Login> {
      if (token !== undefined && token !== refused) return { kind: 'token', token };
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Login>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'failed', error: 'no response in time' }), Math.max(0, deadline));
      });
      return Promise.race([renewal, late]).finally(() => clearTimeout(timer));
    },
  };
}
