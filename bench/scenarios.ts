import { newEmail, PASSWORD } from './accounts.ts';
import type { Caller, Exchange } from './load.ts';

// The requests. All have the same headers, even if the server ignores them. Each caller has its own X-Forwarded-For
// address, so that all rate limits are on and none is reached.

/** How the service names the browser in these requests. */
export const DEVICE = 'Firefox on Linux';

const ME = 'query { me { id email } }';
const SIGNED_IN = '__typename ... on Authenticated { accessToken refreshToken user { id email } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { ${SIGNED_IN} } }`;
const REFRESH = `mutation ($input: RefreshInput!) { refresh(input: $input) { ${SIGNED_IN} } }`;
const REGISTER = `mutation ($input: RegisterEmailInput!) {
  registerEmail(input: $input) { __typename ... on Challenge { id sentTo expiresAt resendAt } }
}`;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

interface Answer {
  data?: Record<string, ({ __typename?: string; email?: string } & Tokens) | null> | null;
  errors?: unknown;
}

let addresses = 0;
export const newAddress = (): string => {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
};

export function buildRequest(query: string, variables: object | undefined, token: string, ip: string): Buffer {
  const body = JSON.stringify({ query, variables });
  return Buffer.from(
    [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      'accept: application/json',
      'user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'accept-language: en-GB,en;q=0.8',
      `x-forwarded-for: ${ip}`,
      `authorization: Bearer ${token}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** The field's value. Throws on errors or if it has another type. */
export function expectField(answer: unknown, field: string, typename?: string) {
  const { data, errors } = answer as Answer;
  const value = data?.[field];
  if (errors || !value || (typename && value.__typename !== typename)) {
    throw new Error(`${field} answered ${JSON.stringify(answer)}`);
  }
  return value;
}

/** @param email the expected address; undefined accepts any */
export function meCaller(token: string, email: string | undefined): Caller {
  const request = buildRequest(ME, undefined, token, newAddress());
  const check = (answer: unknown) => {
    const me = expectField(answer, 'me');
    if (email !== undefined && me.email !== email) throw new Error(`me is ${me.email} and not ${email}`);
  };
  const exchange = { request, check };
  return () => exchange;
}

/** Signs in to each account in turn, each from its own IP address. */
export function loginCaller(emails: readonly string[], keep?: (tokens: Tokens) => void): Caller {
  const exchanges = emails.map((email): Exchange => {
    const input = { identifier: email, password: PASSWORD };
    return {
      request: buildRequest(LOGIN, { input }, '', newAddress()),
      check(answer) {
        const signedIn = expectField(answer, 'login', 'Authenticated');
        keep?.(signedIn);
      },
    };
  });
  let turn = 0;
  return () => exchanges[turn++ % exchanges.length] as Exchange;
}

/** Refreshes one session repeatedly: each request uses the token from the previous response. */
export function refreshCaller(tokens: Tokens): Caller {
  const ip = newAddress();
  return () => ({
    request: buildRequest(REFRESH, { input: { refreshToken: tokens.refreshToken } }, tokens.accessToken, ip),
    check(answer) {
      const next = expectField(answer, 'refresh', 'Authenticated');
      if (next.refreshToken === tokens.refreshToken) throw new Error('the token was not rotated');
      Object.assign(tokens, { accessToken: next.accessToken, refreshToken: next.refreshToken });
    },
  });
}

/** A new address and password each time. */
export function registerCaller(): Caller {
  return () => {
    const email = newEmail();
    const input = {
      email,
      password: `Kestrel-orbit-${Number.parseInt(email.slice(6, 12), 16) % 10_000}`,
      firstName: 'Ada',
      lastName: 'Lovelace',
    };
    return {
      request: buildRequest(REGISTER, { input }, '', newAddress()),
      check: (answer) => void expectField(answer, 'registerEmail', 'Challenge'),
    };
  };
}
