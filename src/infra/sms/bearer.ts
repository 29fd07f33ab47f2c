export type Login = { token: string } | { failed: string };

/**
 * Keeps one bearer token for everybody. Of any number of callers that find it missing or refused, one logs in and all
 * get what comes of it.
 */
export function createBearer(logIn: () => Promise<Login>) {
  let token: string | undefined;
  let renewal: Promise<Login> | undefined;

  async function renew(): Promise<Login> {
    token = undefined;
    const login = await logIn();
    if ('token' in login) token = login.token;
    return login;
  }

  return {
    /**
     * @param refused the token that the other side did not accept
     * @param patience milliseconds; a login that another caller began may take longer
     */
    async get(patience: number, refused?: string): Promise<Login> {
      if (token !== undefined && token !== refused) return { token };
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Login>((resolve) => {
        timer = setTimeout(() => resolve({ failed: 'no answer in time' }), Math.max(0, patience));
      });
      return Promise.race([renewal, late]).finally(() => clearTimeout(timer));
    },
  };
}
