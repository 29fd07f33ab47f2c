import { blocked, type GraphqlError, LatchkeyError } from './errors.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
  readonly requestId?: string | undefined;
}

/**
 * Sends a request to the service.
 * @throws LatchkeyError with the code UNAVAILABLE if there is no GraphQL response, or the service cannot work; BLOCKED if the
 * page has no origin that a cookie could belong to
 */
export type Post = (request: GraphqlRequest, token?: string) => Promise<GraphqlAnswer>;

export interface PostOptions {
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly fetch: typeof fetch;
  /** Sent with each request, such as `accept-language`. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
}

export const createPost = ({ endpoint, credentials, fetch, headers, timeout }: PostOptions): Post =>
  async function post(request, token) {
    const controller = new AbortController(); // React Native has no AbortSignal.timeout.
    const timer = setTimeout(() => controller.abort(), timeout);
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        credentials,
        headers: {
          ...headers(),
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(request),
        signal: controller.signal,
      });
      return readAnswer(response, await response.json());
    } catch (error) {
      if (error instanceof LatchkeyError) throw error;
      if (credentials === 'include' && globalThis.origin === 'null') throw blocked(error);
      // No network, no response in time, or a response of a proxy that is not JSON.
      throw new LatchkeyError('UNAVAILABLE', 'The sign-in service cannot be reached.', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };

function readAnswer(response: Response, body: GraphqlAnswer): GraphqlAnswer {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const answer = { ...body, requestId };
  if (!answer.errors && !answer.data) throw new LatchkeyError('UNAVAILABLE', `HTTP ${response.status}`, { requestId });
  if (codeOf(answer) !== 'SERVICE_UNAVAILABLE') return answer;
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  throw new LatchkeyError('UNAVAILABLE', 'The sign-in service is unavailable.', { retryAfter, requestId });
}

/** `extensions.code` of the first error. The HTTP status says less. */
export const codeOf = ({ errors }: GraphqlAnswer): string | undefined => errors?.[0]?.extensions?.code;

/** A mutation that has done something is not repeated. */
export const hasData = ({ data }: Pick<GraphqlAnswer, 'data'>): boolean =>
  Object.values(data ?? {}).some((value) => value !== null);

/** @throws LatchkeyError unless the answer has the field */
export function fieldOf(answer: GraphqlAnswer, field: string): unknown {
  const [error] = answer.errors ?? [];
  const value = answer.data?.[field];
  if (value !== undefined && !(value === null && error)) return value;
  throw new LatchkeyError(codeOf(answer) ?? 'UNKNOWN', error?.message ?? 'The response is incomplete.', {
    requestId: answer.requestId,
    errors: answer.errors ?? [],
  });
}
