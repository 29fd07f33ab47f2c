import { randomInt } from 'node:crypto';
import type { TypedDocumentString } from '../../schema/generated/graphql.ts';

export interface Answer<Data> {
  status: number;
  headers: Headers;
  /** Null when GraphQL says null; undefined when the answer never came to data. */
  data: Data | null | undefined;
  errors: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string } }[];
}

export interface Caller {
  /** An access token. */
  token?: string | undefined;
  headers?: Record<string, string>;
  /** The address that the request seems to come from. */
  ip?: string;
}

export type ApiClient = ReturnType<typeof apiClient>;

/** A client of the GraphQL API at an address of its own, as the tests' trusted proxy reports it. */
export function apiClient(url: string, standing: Caller = {}) {
  const ip = standing.ip ?? randomAddress();

  async function post(body: unknown, caller: Caller = {}): Promise<Answer<unknown>> {
    const token = caller.token ?? standing.token;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': caller.ip ?? ip,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...standing.headers,
        ...caller.headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { data, errors = [] } = (await response.json()) as Partial<Answer<unknown>>;
    return { status: response.status, headers: response.headers, data, errors };
  }

  return {
    ip,
    /** Any body, well-formed or not. */
    post,

    /** A typed operation of schema/operations. */
    async send<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      ...[variables, caller]: Variables extends Record<string, never> ? [undefined?, Caller?] : [Variables, Caller?]
    ): Promise<Answer<Data>> {
      const answer = await post({ query: document.toString(), variables }, caller);
      return answer as Answer<Data>; // The document's type says what the server answers it with.
    },

    /** The same, for a request that is to succeed: its data, or the errors thrown. */
    async ask<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      ...rest: Variables extends Record<string, never> ? [undefined?, Caller?] : [Variables, Caller?]
    ): Promise<Data> {
      const { data, errors, status } = await this.send(document, ...rest);
      if (!data || errors.length > 0) throw new Error(`HTTP ${status}: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}

/** The member of a union that the test expects; anything else fails with what came instead. */
export function expectType<Union extends { __typename?: string }, Name extends Union['__typename']>(
  value: Union,
  name: Name,
): Extract<Union, { __typename?: Name }> {
  if (value.__typename !== name) throw new Error(`expected ${name}, got ${JSON.stringify(value)}`);
  return value as Extract<Union, { __typename?: Name }>; // Just checked.
}

/** One of some millions, so that tests do not share budgets. */
export const randomAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
