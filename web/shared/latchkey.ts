import { createLatchkey, LatchkeyError } from '@latchkey/client';
import { currentLocale } from './locale.tsx';
import { pageData } from './page-data.ts';

/** Loaded only by a server with FEDERATION_PREFIX. */
const withPrefix: typeof fetch = async (...request) => {
  const { prefixedFetch } = await import('./prefix.ts');
  return prefixedFetch(pageData.namePrefix)(...request);
};

/** The user's session, in the cookie: the access token is in memory only. */
export const latchkey = createLatchkey({
  url: '/graphql',
  transport: 'cookie',
  headers: () => ({ 'accept-language': currentLocale() }),
  ...(pageData.namePrefix !== '' && { fetch: withPrefix }),
});

/** A document with the types of its result and variables: see web/generated. */
export interface TypedText<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
  toString(): string;
}

type RefusalListener = (error: LatchkeyError) => void;
const refusalListeners = new Set<RefusalListener>();

/** Calls back when the service refuses a document because of the user's role. Returns a function that ends it. */
export function onRefusal(listener: RefusalListener): () => void {
  refusalListeners.add(listener);
  return () => void refusalListeners.delete(listener);
}

/**
 * Runs a document of these pages as the signed-in user.
 * @throws LatchkeyError if there is any error: these pages show no partial responses
 */
export async function call<Result, Variables extends Readonly<Record<string, unknown>>>(
  document: TypedText<Result, Variables>,
  variables?: Variables,
): Promise<Result> {
  const { data, errors, requestId } = await latchkey.request({ query: document.toString(), variables });
  const [error] = errors ?? [];
  if (error || !data) {
    const code = error?.extensions?.code ?? 'UNKNOWN';
    const message = error?.message ?? 'The response is incomplete.';
    const failure = new LatchkeyError(code, message, { requestId, errors: errors ?? [] });
    if (code === 'FORBIDDEN') for (const listener of refusalListeners) listener(failure);
    throw failure;
  }
  return data as Result; // The service has checked the document, which has this type.
}
