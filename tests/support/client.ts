import { randomInt } from 'node:crypto';
import type { TypedDocumentString } from '../../schema/generated/graphql.ts';

export interface Answer<Data> {
  status: number;
  headers: Headers;
  /** Null when GraphQL returns null, undefined when the request failed before. */
  data: Data | null | undefined;
  errors: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string } }[];
}

export interface Caller {
  /** An access token. */
  token?: string | undefined;
  headers?: Record<string, string>;
  /** The client's address, as seen by the service. */
  ip?: string;
}

export type ApiClient = ReturnType<typeof apiClient>;

/** A GraphQL client with an address of its own, which the service trusts as from a proxy. */
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
    /** Sends any body, well-formed or not. */
    post,

    /** Sends an operation of schema/operations. */
    async send<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      ...[variables, caller]: Variables extends Record<string, never> ? [undefined?, Caller?] : [Variables, Caller?]
    ): Promise<Answer<Data>> {
      const answer = await post({ query: document.toString(), variables }, caller);
      return answer as Answer<Data>; // The type of the document is the type of its answer.
    },

    /** The same for a request that must succeed: returns its data or throws its errors. */
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

/** The expected member of a union; fails with the actual one. */
export function expectType<Union extends { __typename?: string }, Name extends Union['__typename']>(
  value: Union,
  name: Name,
): Extract<Union, { __typename?: Name }> {
  if (value.__typename !== name) throw new Error(`expected ${name}, got ${JSON.stringify(value)}`);
  return value as Extract<Union, { __typename?: Name }>; // Just checked.
}

/** One of millions, so that tests do not share rate limits. */
export const randomAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
