import { BCRYPT, google, lines, MAY, type Sample } from './sample.ts';

export const auth0Samples: readonly Sample[] = [
  {
    title: 'users, with identities',
    format: 'auth0',
    content: lines(
      {
        user_id: 'google-oauth2|1171',
        email: 'a2@auth0.example',
        email_verified: true,
        identities: [{ user_id: '1171', provider: 'google-oauth2', connection: 'google-oauth2', isSocial: true }],
        user_metadata: { first_name: 'Ann' },
        created_at: MAY,
        last_login: '2024-06-01T09:00:00.123Z',
        nickname: 'ann',
      },
      {
        user_id: 'auth0|60425da9519d90006f2a1f5d',
        email: 'a3@auth0.example',
        email_verified: false,
        blocked: true,
        identities: [{ user_id: '60425da9519d90006f2a1f5d', provider: 'auth0', connection: 'Username-Password' }],
      },
      {
        user_id: 'github|42',
        identities: [{ user_id: 42, provider: 'github', connection: 'github', isSocial: true }],
        created_at: MAY,
      },
    ),
    accounts: {
      'a2@auth0.example': { emailVerified: true, firstName: 'Ann', createdAt: MAY, identities: [google('1171')] },
      'a3@auth0.example': { emailVerified: false, isActive: false, identities: [] },
    },
    keys: ['google-oauth2|1171', 'auth0|60425da9519d90006f2a1f5d', 'github|42'],
    unused: ['nickname', 'id', 'passwordHash'],
  },
  {
    title: 'a file for its import, with factors',
    format: 'auth0',
    content: lines({
      email: 'a4@auth0.example',
      mfa_factors: [
        { totp: { secret: 'GEZDGNBVGY3TQOJQ' } },
        { phone: { value: '+998901234567' } },
        { email: { value: 'a4@auth0.example' } },
      ],
    }),
    accounts: {
      'a4@auth0.example': {
        secondFactors: { required: true, totp: { secret: 'GEZDGNBVGY3TQOJQ', digits: 6, period: 30 } },
      },
    },
    unused: ['mfa_factors (email)', 'mfa_factors (phone)', 'passwordHash'],
  },
  {
    title: 'the file with password hashes',
    format: 'auth0',
    content: lines({
      _id: { $oid: '60425da9519d90006f2a1f5d' },
      email_verified: true,
      email: 'a1@auth0.example',
      passwordHash: BCRYPT,
      password_set_date: { $date: '2021-03-05T16:34:49.502Z' },
      tenant: 't',
      connection: 'c',
      _tmp_is_unique: true,
    }),
    accounts: { 'a1@auth0.example': { emailVerified: true, passwordHash: BCRYPT } },
    keys: ['60425da9519d90006f2a1f5d'],
    unused: ['password_set_date', 'tenant', 'connection', '_tmp_is_unique', 'id'],
  },
];
