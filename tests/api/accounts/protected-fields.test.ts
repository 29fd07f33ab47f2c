import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  RevokeSessionDocument,
  VerifyEmailDocument,
} from '../../../schema/generated/graphql.ts';
import { confirmEmailChange, startEmailChange } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { listOperations } from '../../support/documents.ts';
import { confirmEmailOtp, receiveSignInMail } from '../../support/email-sign-in.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode } from '../../support/phones.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

/** Fields that need no token. A new field is protected unless it is added here. */
const PUBLIC = new Set([
  'query health',
  'query verifyToken',
  'query settings',
  'query socialProviders',
  'mutation registerEmail',
  'mutation requestEmailVerification',
  'mutation verifyEmail',
  'mutation requestEmailOtp',
  'mutation confirmEmailOtp',
  'mutation login',
  'mutation verifySecondFactor',
  'mutation startPasskeyLogin',
  'mutation finishPasskeyLogin',
  'mutation refresh',
  'mutation logout',
  'mutation requestPasswordReset',
  'mutation resetPassword',
  'mutation confirmEmailChange', // By link; a code needs its user's token.
  // Purpose VERIFY needs a token: tests/api/phones/phones.test.ts.
  'mutation requestPhoneOtp',
  'mutation confirmPhoneOtp',
  // Purpose LINK needs a token: tests/api/social/linking.test.ts.
  'mutation socialAuthorize',
  'mutation socialCallback',
  'mutation socialTokenLogin',
]);

const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
const fields = listOperations(schema).map(({ name, document }) => {
  const [operation, field] = name.split(' ') as ['query' | 'mutation', string];
  return { name, document, field: roots[operation]?.getFields()[field] ?? expect.fail(name) };
});

const protectedFields = fields.filter(({ name }) => !PUBLIC.has(name));
const publicFields = fields.filter(({ name }) => PUBLIC.has(name));

test.each(protectedFields)(
  '$name returns UNAUTHENTICATED without a token and with a malformed one (T19)',
  async ({ document: query }) => {
    for (const token of [undefined, 'x', 'eyJhbGciOiJub25lIn0.e30.']) {
      const { data, errors } = await app.client().post({ query }, { token });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(Object.values(data ?? {})).toEqual(data ? [null] : []);
    }
  },
);

test.each(publicFields)('$name needs no token', async ({ document: query }) => {
  const { errors } = await app.client().post({ query });
  expect(errors).toEqual([]);
});

test('every public field exists, and me, logoutAll and revokeSession are not public (T19)', () => {
  expect(publicFields).toHaveLength(PUBLIC.size);
  expect(protectedFields.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['query me', 'mutation logoutAll', 'mutation revokeSession']),
  );
});

/** Every argument and input field that takes an id, as `mutation verifyEmail input.challengeId`. */
const ids = fields.flatMap(({ name, field }) =>
  field.args.flatMap((arg) => {
    const type = getNamedType(arg.type);
    if (type.name === 'ID') return [`${name} ${arg.name}`];
    const inner = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    return inner
      .filter((input) => getNamedType(input.type).name === 'ID')
      .map((input) => `${name} ${arg.name}.${input.name}`);
  }),
);

/** Tested in tests/api/admin/authorisation.test.ts. */
const FOR_ADMINISTRATORS = [
  'mutation deleteUser id',
  'mutation endUserSession sessionId',
  'mutation endUserSession userId',
  'mutation endUserSessions id',
  'mutation sendPasswordReset userId',
  'mutation resetSecondFactors userId',
  'mutation retryDelivery id',
  'mutation impersonate userId',
  'mutation updateUser id',
  'query auditEvents filter.actorId',
  'query auditEvents filter.id',
  'query auditEvents filter.userId',
  'query node id', // tests/api/relay/node.test.ts
  'query user id',
];

// Those of social sign-in are tested in tests/api/social/linking.test.ts, those of passkeys in tests/api/passkeys.
test('every argument that takes an id is tested with another user’s id (T20)', () => {
  expect(ids).toEqual(expect.arrayContaining(FOR_ADMINISTRATORS));
  expect(ids.filter((id) => !FOR_ADMINISTRATORS.includes(id)).sort()).toEqual([
    'mutation confirmEmailChange input.challengeId',
    'mutation confirmEmailOtp input.challengeId',
    'mutation confirmPhoneOtp input.challengeId',
    'mutation confirmTotpEnrollment input.challengeId',
    'mutation finishPasskeyLogin input.challengeId',
    'mutation finishPasskeyRegistration input.challengeId',
    'mutation reauthenticate input.challengeId',
    'mutation removePasskey id',
    'mutation renamePasskey id',
    'mutation requestEmailVerification input.challengeId',
    'mutation resetPassword input.challengeId',
    'mutation revokeSession id',
    'mutation socialCallback input.challengeId',
    'mutation unlinkIdentity id',
    'mutation verifyEmail input.challengeId',
    'mutation verifySecondFactor input.challengeId',
  ]);
});

test('another user’s session is not found, and stays (T20)', async () => {
  const [ada, eve] = [await signUp(app), await signUp(app)];
  const revokeSession = async (id: string) =>
    (await eve.client.send(RevokeSessionDocument, { id }, { token: eve.accessToken })).data;
  const unknown = await revokeSession(crypto.randomUUID());
  expect(unknown?.revokeSession.__typename).toBe('NotFound');
  expect(await revokeSession(ada.session.id)).toEqual(unknown);
  expect(await revokeSession('not an id')).toEqual(unknown);
  expect(await me(ada.client, ada.accessToken)).toMatchObject({ sessions: [{ id: ada.session.id }] });
});

test('another user’s sign-up accepts only the code sent for it (T20)', async () => {
  const eve = await signUp(app);
  const ada = await beginSignUp(app, app.client());
  const eves = await beginSignUp(app, eve.client);
  const stolen = await eve.client.request(
    VerifyEmailDocument,
    { input: { challengeId: ada.challenge.id, code: eves.code } },
    { token: eve.accessToken },
  );
  expect(stolen.verifyEmail).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
});

test('another user’s sign-in by email accepts only the code sent for it (T20)', async () => {
  const eve = app.client();
  const [adas, eves] = [
    await receiveSignInMail(app, app.client(), { email: uniqueEmail() }),
    await receiveSignInMail(app, eve, { email: uniqueEmail() }),
  ];
  const stolen = await confirmEmailOtp(eve, { challengeId: adas.challenge.id, code: eves.byCode.code });
  expect(stolen).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
});

test('another user’s challenge by SMS accepts only the code sent for it (T20)', async () => {
  const eve = app.client();
  const [adas, eves] = [
    await receiveCode(app, app.client(), { phone: '+998901234567' }),
    await receiveCode(app, eve, { phone: '+998911234567' }),
  ];
  const stolen = await confirmOtp(eve, { challengeId: adas.challengeId, code: eves.code });
  expect(stolen).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
});

test('another user’s reset accepts only the code sent for it (T20)', async () => {
  const [ada, eve] = [await signUp(app), await signUp(app)];
  clock.advance(61_000);
  const requestReset = async ({ email, client }: typeof ada) => {
    const { requestPasswordReset } = await client.request(RequestPasswordResetDocument, {
      input: { identifier: email },
    });
    return expectType(requestPasswordReset, 'Challenge');
  };
  const [adas] = [await requestReset(ada), await requestReset(eve)];
  const code = (await app.mail(eve.email, 2)).find(({ kind }) => kind === 'reset-password')?.code;
  const input = { challengeId: adas.id, code, newPassword: 'saffron-glacier-57-trumpet' };
  const { resetPassword } = await eve.client.request(ResetPasswordDocument, { input }, { token: eve.accessToken });
  expect(resetPassword).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
});

test('another user’s address change is not found, even with the right code (T20)', async () => {
  const [ada, eve] = [await signUp(app), await signUp(app)];
  const { challengeId, code } = await startEmailChange(app, ada);
  const unknown = await confirmEmailChange(eve.client, { challengeId: crypto.randomUUID(), code }, eve.accessToken);
  expect(unknown).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
  expect(await confirmEmailChange(eve.client, { challengeId, code }, eve.accessToken)).toEqual(unknown);
  expectType(await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken), 'EmailChanged');
});

test('a new message for another user’s challenge goes only to the caller’s address and changes nothing for the other (T20)', async () => {
  const eve = app.client();
  const [adas, eves] = [await beginSignUp(app, app.client()), await beginSignUp(app, eve)];
  clock.advance(61_000);
  const again = expectType(await resend(eve, { email: eves.email, challengeId: adas.challenge.id }), 'Challenge');
  const [message] = await app.mail(eves.email, 2);
  const { user } = expectType(await verify(eve, { challengeId: again.id, code: message?.code }), 'Authenticated');
  expect(user.email).toBe(eves.email);
  expect(await app.mail(adas.email)).toHaveLength(1);
  const result = await verify(app.client(), { challengeId: adas.challenge.id, code: adas.code });
  expect(expectType(result, 'Authenticated').user.email).toBe(adas.email);
  expectType(await login(app.client(), adas.email, PASSWORD), 'Authenticated');
});
