import { randomInt } from 'node:crypto';
import type { TypedDocumentString } from '../../schema/generated/graphql.ts';

export interface GraphqlResponse<Data> {
  status: number;
  headers: Headers;
  /** Null if GraphQL returned null; undefined if the request failed before it was executed. */
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

/** A GraphQL client with its own IP address, which it reports to the service like a trusted proxy. */
export function apiClient(url: string, defaults: Caller = {}) {
  const ip = defaults.ip ?? randomAddress();

  async function post(body: unknown, caller: Caller = {}): Promise<GraphqlResponse<unknown>> {
    const token = caller.token ?? defaults.token;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': caller.ip ?? ip,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...defaults.headers,
        ...caller.headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { data, errors = [] } = (await response.json()) as Partial<GraphqlResponse<unknown>>;
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
    ): Promise<GraphqlResponse<Data>> {
      const response = await post({ query: document.toString(), variables }, caller);
      return response as GraphqlResponse<Data>; // The document's type determines the type of its response.
    },

    /** Like `send`, for a request that must succeed: returns the data or throws the errors. */
    async request<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      ...rest: Variables extends Record<string, never> ? [undefined?, Caller?] : [Variables, Caller?]
    ): Promise<Data> {
      const { data, errors, status } = await this.send(document, ...rest);
      if (!data || errors.length > 0) throw new Error(`HTTP ${status}: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}

/** Returns the value as the expected member of the union. Fails and shows the value if it is another one. */
export function expectType<Union extends { __typename?: string }, Name extends Union['__typename']>(
  value: Union,
  name: Name,
): Extract<Union, { __typename?: Name }> {
  if (value.__typename !== name) throw new Error(`expected ${name}, got ${JSON.stringify(value)}`);
  return value as Extract<Union, { __typename?: Name }>; // Just checked.
}

/** One of millions of addresses, so that tests do not share rate limits. */
export const randomAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
