import { parse as gql } from 'graphql';
import { describe, expect, test } from 'vitest';
import { describeApollo, type Refusal, refusalOf, startServer } from '../../support/apollo-app.ts';
import { signedIn } from '../../support/latchkey.ts';

const errorsOf = (code: string, data: unknown = null) =>
  JSON.stringify({ data, errors: [{ message: code, extensions: { code } }] });

describeApollo('with @latchkey/client', ({ app, openApp }) => {
  describe("the app's own server", () => {
    test.each<[string, Refusal]>([
      ['errors with status 200', { status: 200, body: errorsOf('UNAUTHENTICATED') }],
      ['errors with status 401', { status: 401, body: errorsOf('UNAUTHENTICATED') }],
      ['errors and data with status 401', { status: 401, body: errorsOf('UNAUTHENTICATED', { plan: null }) }],
      ['errors with status 400', { status: 400, body: errorsOf('UNAUTHENTICATED') }],
      ['a text with status 401', { status: 401, body: 'Unauthorized' }],
    ])('refuses a token by %s: the operation is sent again with a new one', async (_shape, refusal) => {
      const latchkey = await signedIn(app());
      const { client, sent } = openApp(latchkey, await startServer(refusal));
      expect((await client.query({ query: gql('query Plan { plan }') })).data).toEqual({ plan: 'pro' });
      const [first, second] = sent;
      expect(sent).toHaveLength(2);
      expect(second?.token).not.toBe(first?.token);
      expect(latchkey.sent).toEqual(['Refresh']);
    });

    test('that refuses each token is asked twice, and the token is renewed once', async () => {
      const latchkey = await signedIn(app());
      const refusal = { status: 401, body: errorsOf('UNAUTHENTICATED') };
      const { client, sent } = openApp(latchkey, await startServer(refusal, refusal, refusal));
      expect(await refusalOf(client.query({ query: gql('query Plan { plan }') }))).toContain('401');
      expect(sent).toHaveLength(2);
      expect(latchkey.sent).toEqual(['Refresh']);
      expect(latchkey.session.status).toBe('signedIn');
    });

    test('that has done a part of a mutation is not asked again', async () => {
      const latchkey = await signedIn(app());
      const refusal = { status: 200, body: errorsOf('UNAUTHENTICATED', { pay: true, log: null }) };
      const { client, sent } = openApp(latchkey, await startServer(refusal));
      expect(await refusalOf(client.mutate({ mutation: gql('mutation Pay { pay log }') }))).not.toBe('accepted');
      expect(sent).toHaveLength(1);
    });

    test('that fails otherwise is not asked again', async () => {
      const latchkey = await signedIn(app());
      const { client, sent } = openApp(latchkey, await startServer({ status: 403, body: errorsOf('FORBIDDEN') }));
      expect(await refusalOf(client.query({ query: gql('query Plan { plan }') }))).not.toBe('accepted');
      expect(sent).toHaveLength(1);
    });
  });
});
