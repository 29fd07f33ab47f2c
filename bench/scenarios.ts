import { newEmail, PASSWORD } from './accounts.ts';
import type { Caller, Exchange } from './load.ts';

// What is asked of the servers. Every request has the same headers, also where nobody reads them. A caller comes from
// an address of its own, as the trusted proxy says, so that every limit of the service is on and none is reached.

/** What the service takes the requests' browser for. */
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

export function requestOf(query: string, variables: object | undefined, token: string, ip: string): Buffer {
  const body = JSON.stringify({ query, variables });
  return Buffer.from(
    [
      'POST /graphql HTTP/1.1',
      'host: auth.example.com',
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

/** The field's value. Throws when there are errors or when it is not of the type. */
export function expectField(answer: unknown, field: string, typename?: string) {
  const { data, errors } = answer as Answer;
  const value = data?.[field];
  if (errors || !value || (typename && value.__typename !== typename)) {
    throw new Error(`${field} answered ${JSON.stringify(answer)}`);
  }
  return value;
}

/** @param email undefined where anybody's will do */
export function meCaller(token: string, email: string | undefined): Caller {
  const request = requestOf(ME, undefined, token, newAddress());
  const check = (answer: unknown) => {
    const me = expectField(answer, 'me');
    if (email !== undefined && me.email !== email) throw new Error(`me is ${me.email} and not ${email}`);
  };
  const exchange = { request, check };
  return () => exchange;
}

/** Signs in as one after the other, each from an address of its own. */
export function loginCaller(emails: readonly string[], keep?: (tokens: Tokens) => void): Caller {
  const exchanges = emails.map((email): Exchange => {
    const input = { identifier: email, password: PASSWORD };
    return {
      request: requestOf(LOGIN, { input }, '', newAddress()),
      check(answer) {
        const signedIn = expectField(answer, 'login', 'Authenticated');
        keep?.(signedIn);
      },
    };
  });
  let turn = 0;
  return () => exchanges[turn++ % exchanges.length] as Exchange;
}

/** One session that is refreshed again and again: each request presents the token of the answer before. */
export function refreshCaller(tokens: Tokens): Caller {
  const ip = newAddress();
  return () => ({
    request: requestOf(REFRESH, { input: { refreshToken: tokens.refreshToken } }, tokens.accessToken, ip),
    check(answer) {
      const next = expectField(answer, 'refresh', 'Authenticated');
      if (next.refreshToken === tokens.refreshToken) throw new Error('the token was not rotated');
      Object.assign(tokens, { accessToken: next.accessToken, refreshToken: next.refreshToken });
    },
  });
}

/** A new person each time, with a password of their own. */
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
      request: requestOf(REGISTER, { input }, '', newAddress()),
      check: (answer) => void expectField(answer, 'registerEmail', 'Challenge'),
    };
  };
}
