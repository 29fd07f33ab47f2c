import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Latchkey, LatchkeyOptions } from '@latchkey/client';
import { parse as gql } from 'graphql';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { type ApolloVersion, loadApollo } from './apollo-versions.ts';
import { startApp, type TestApp } from './app.ts';
import { testClock } from './clock.ts';
import { signedIn } from './latchkey.ts';
import { WITHOUT_VERIFICATION } from './sessions.ts';

export const ME = gql('query Me { me { id email firstName } }');
const RENAME = gql(`mutation Rename($firstName: String!) {
  updateProfile(input: { firstName: $firstName }) { __typename ... on ProfileUpdated { user { id firstName } } }
}`);

/** What a server has received. */
interface Sent {
  operation: string;
  token: string | null;
}

/** A suite for each supported version of Apollo Client. */
export function describeApollo(title: string, body: (suite: ReturnType<typeof useApollo>) => void): void {
  describe.each([
    ['4', '@apollo/client'],
    ['3', 'apollo-client-3'],
  ])(`Apollo Client %s ${title}`, (version, name) => body(useApollo(version, name)));
}

/** Starts the service and loads a version of Apollo Client for the tests of the surrounding describe. */
function useApollo(version: string, name: string) {
  let apollo: ApolloVersion;
  let app: TestApp;
  const clock = testClock();
  beforeAll(async () => {
    [apollo, app] = await Promise.all([loadApollo(name), startApp(WITHOUT_VERIFICATION, { clock })]);
  });
  afterAll(() => app?.close());

  /** An app. `hold` delays the responses of its own requests until the returned function is called. */
  function openApp(latchkey: Latchkey, uri = `${app.url}/graphql`) {
    const { ApolloClient, HttpLink, InMemoryCache, latchkeyLink, possibleTypes, resetOnUserChange } = apollo;
    const sent: Sent[] = [];
    let held: Promise<void> | undefined;
    const send: typeof fetch = async (resource, init) => {
      const [, operation = ''] = /(?:query|mutation) (\w+)/.exec(String(init?.body)) ?? [];
      sent.push({ operation, token: new Headers(init?.headers).get('authorization') });
      const response = await fetch(resource, { ...init, signal: null });
      await held;
      return response;
    };
    const client = new ApolloClient({
      link: latchkeyLink(latchkey).concat(new HttpLink({ uri, fetch: send })),
      cache: new InMemoryCache({ possibleTypes }),
    });
    onTestFinished(resetOnUserChange(client, latchkey));
    onTestFinished(() => client.stop());
    return {
      client,
      sent,
      hold() {
        let release = () => {};
        held = new Promise((resolve) => {
          release = resolve;
        });
        return () => {
          held = undefined;
          release();
        };
      },
      me: () => client.query<{ me: { email: string } }>({ query: ME, fetchPolicy: 'network-only' }),
      rename: (firstName: string) => client.mutate({ mutation: RENAME, variables: { firstName } }),
    };
  }
  return {
    version,
    apollo: () => apollo,
    app: () => app,
    clock,
    openApp,
    async openSignedIn(options?: Partial<LatchkeyOptions>) {
      const latchkey = await signedIn(app, options);
      return { latchkey, ...openApp(latchkey) };
    },
  };
}

/** The codes of what the promise is rejected with, whatever its shape. */
export const refusalOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error) => JSON.stringify([error, error.errors, error.networkError?.result, error.networkError?.code, error.code]),
  );

/** How a server refuses a token. */
export interface Refusal {
  status: number;
  body: string;
}

/** A server of the app, which refuses some tokens. */
export async function startServer(...refusals: Refusal[]): Promise<string> {
  const server = createServer((_request, response) => {
    const { status, body } = refusals.shift() ?? { status: 200, body: '{"data":{"plan":"pro"}}' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // It listens on a port.
}
