import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmEmailOtp, receiveSignInMail, signUpByEmailOtp } from '../../support/email-sign-in.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone } from '../../support/phones.ts';
import { enroll, TIME_STEP, verifySecondFactor } from '../../support/second-factors.ts';
import { registerUser } from '../../support/sessions.ts';
import { ASKING, type AskingMutation } from '../../support/sign-in-mutations.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { signInWith, tokenLogin } from '../../support/social/sign-in.ts';

// Whatever the first factor is, an account that requires a second one is asked for it.

const clock = testClock();
let peer: Peer;
let app: TestApp;
beforeAll(async () => {
  peer = await startMockIssuer('one');
  app = await startApp(
    {
      ...peer.settings,
      EMAIL_VERIFICATION: 'login',
      LOGIN_BUDGET_IP: '10000/15m',
      OTP_RESEND_COOLDOWN: '0s',
      SOCIAL_REDIRECT_URIS: REDIRECT_URI,
    },
    { clock },
  );
});
afterAll(() => Promise.all([app.close(), peer.close()]));

interface Method {
  /** What the first factor is in amr. */
  amr: string;
  /** Signs up with the method, or one that leads to it. */
  signUp(): Promise<{ accessToken: string; refreshToken?: string | null; email?: string; phone?: string }>;
  /** Signs in again with the right first factor. */
  signIn(who: { email?: string; phone?: string }): Promise<{ __typename?: string }>;
}

const bySocial = {
  amr: 'fed',
  async signUp() {
    peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
    return expectType(await signInWith(app.client(), peer), 'Authenticated');
  },
};

const METHODS: Record<AskingMutation, Method> = {
  login: {
    amr: 'pwd',
    signUp: () => signUpByPhone(app, { password: PASSWORD }),
    signIn: ({ phone = '' }) => login(app.client(), phone, PASSWORD),
  },
  verifyEmail: {
    amr: 'otp',
    signUp: () => registerUser(app.client()),
    async signIn({ email = '' }) {
      const client = app.client();
      const { id } = expectType(await login(client, email, PASSWORD), 'Challenge');
      const [message] = (await app.mail(email, 2)).filter(({ kind }) => kind === 'login-email');
      return verify(client, { challengeId: id, code: message?.code });
    },
  },
  confirmEmailOtp: {
    amr: 'otp',
    signUp: () => signUpByEmailOtp(app),
    async signIn({ email = '' }) {
      const client = app.client();
      return confirmEmailOtp(client, (await receiveSignInMail(app, client, { email })).byLink);
    },
  },
  confirmPhoneOtp: {
    amr: 'sms',
    signUp: () => signUpByPhone(app),
    async signIn({ phone = '' }) {
      const client = app.client();
      return confirmOtp(client, (await receiveCode(app, client, { phone })).submission);
    },
  },
  socialCallback: { ...bySocial, signIn: () => signInWith(app.client(), peer) },
  socialTokenLogin: {
    ...bySocial,
    signIn: async () => tokenLogin(app.client(), { provider: peer.name, idToken: (await peer.idToken?.()) ?? '' }),
  },
};

describe.each(ASKING)('%s', (mutation) => {
  const { amr, signUp, signIn } = METHODS[mutation];

  test('starts no session of an account that requires a second factor until that is given (T107)', async () => {
    const who = await signUp();
    const client = app.client();
    const { authenticator } = await enroll(
      { email: who.email ?? '', client, accessToken: who.accessToken },
      clock.now(),
    );
    const required = (await signIn(who)) as { __typename: 'SecondFactorRequired'; challengeId: string };
    expect(required).toMatchObject({ __typename: 'SecondFactorRequired', factors: ['TOTP', 'RECOVERY_CODE'] });
    expect(required).not.toHaveProperty('accessToken');

    clock.advance(TIME_STEP);
    const totp = authenticator.code(clock.now());
    const session = expectType(
      await verifySecondFactor(client, { challengeId: required.challengeId, totp }),
      'Authenticated',
    );
    expect(decodeJwt(session.accessToken).amr).toEqual([...new Set([amr, 'otp', 'mfa'])]);
  });

  test('starts one at once if the account requires none', async () => {
    const who = await signUp();
    expect(await signIn(who)).toMatchObject({ __typename: 'Authenticated' });
  });
});
