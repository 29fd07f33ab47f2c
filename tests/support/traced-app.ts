import { afterEach } from 'vitest';
import { startApp, type TestApp } from './app.ts';
import { type Collector, type ReceivedSpan, startCollector } from './collector.ts';
import { WITHOUT_VERIFICATION } from './sessions.ts';

/** A caller's trace, and its span in it. */
export const TRACE = '0af7651916cd43dd8448eb211c80319c';
export const CALLER = 'b7ad6b7169203331';
/** Kinds of spans. */
export const [INTERNAL, SERVER, CLIENT] = [1, 2, 3];

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Closes it after the test, after what is opened later. */
export const closeLater = (close: () => Promise<unknown>): void => void closers.push(close);

/** An app that sends its traces to a collector, until it is closed or the test has ended. */
export async function startTracedApp(
  env: Record<string, string | undefined> = {},
): Promise<{ app: TestApp; collector: Collector }> {
  const collector = await startCollector();
  closeLater(collector.close);
  const app = await startApp({ ...WITHOUT_VERIFICATION, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= app.close());
  closeLater(close);
  return { app: { ...app, close }, collector };
}

/** The response to a request with the caller's trace. */
export const postTraced = (app: TestApp, body: object, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CALLER}-01`, ...headers },
    body: JSON.stringify(body),
  });

const LOGIN = 'mutation Secret($input: LoginInput!) { login(input: $input) { __typename } }';
export const loginBody = (identifier: string, password: string) => ({
  query: LOGIN,
  variables: { input: { identifier, password } },
});

/** All of a trace that is below the span. */
export function descendants(collector: Collector, span: ReceivedSpan): ReceivedSpan[] {
  return collector.childrenOf(span).flatMap((child) => [child, ...descendants(collector, child)]);
}

/** All that the collector has received. */
export const receivedText = ({ requests }: Collector): string =>
  requests.map(({ body }) => body.toString('latin1')).join();
