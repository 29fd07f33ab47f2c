import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PresetName } from '../../src/features/transfer/formats/formats.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { FOREIGN_SAMPLES } from '../support/foreign-hashes.ts';
import { exportedAccounts, importText } from '../support/imports.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const BCRYPT = '$2b$10$RSrBEVK376MJWQQQJ58USu88VBAEzX9LCWtDwDPSNAm15cwcItJLG';
const PHPASS = '$P$BTz4kQ8vWLbq8ByMO..vUO6GPkWBBE1';
const MAY = '2024-05-31T09:00:00.123Z';
const google = (subject: string) => ({
  provider: 'google',
  issuer: 'https://accounts.google.com',
  subject,
  email: null,
});
const lines = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');

interface Sample {
  title: string;
  format: PresetName;
  content: string;
  /** By address. */
  accounts: Record<string, object>;
  keys?: string[];
  problems?: string[];
  /** Names of columns that are not taken. */
  unused?: string[];
}

const keycloakUser = {
  id: '789970f3-53d0-4c1f-9844-baeba9189bdd',
  createdTimestamp: 1717146000123,
  username: 'k1',
  enabled: true,
  totp: false,
  emailVerified: true,
  firstName: 'K',
  lastName: 'One',
  email: 'k1@keycloak.example',
  attributes: { locale: ['de'], phoneNumber: ['+998901234580'], team: ['blue'] },
  credentials: [
    {
      type: 'password',
      createdDate: 1,
      secretData:
        '{"value":"T71+ysrEK+1ok5Syp5wpo06FalOfYSOM5SYND+BzR23Z1vZ9ejn/yXf+mRRPYadFLw77TjtsKkX7jQR/L4zbzQ==","salt":"xkkqxvIo/7MNjUxGbIMXmQ==","additionalParameters":{}}',
      credentialData: '{"hashIterations":27500,"algorithm":"pbkdf2-sha256"}',
    },
    { type: 'otp', secretData: '{"value":"JBSWY3DPEHPK3PXP"}', credentialData: '{"subType":"totp"}' },
  ],
  federatedIdentities: [{ identityProvider: 'google', userId: 'k117', userName: 'k1@gmail.example' }],
};

const SAMPLES: Sample[] = [
  {
    title: 'auth.users as JSON lines, with identities',
    format: 'supabase',
    content: lines(
      {
        id: '20a6a401-beb7-4d72-8080-1259cd524668',
        aud: 'authenticated',
        email: 's1@supabase.example',
        encrypted_password: BCRYPT,
        email_confirmed_at: '2024-05-31T09:00:00.123456+00:00',
        phone: '998901234569',
        phone_confirmed_at: null,
        raw_user_meta_data: { first_name: 'Ada', plan: 'pro' },
        created_at: '2024-05-30T09:00:00.123456+00:00',
        banned_until: null,
        identities: [
          { id: 'x', user_id: 'y', identity_data: { sub: '117' }, provider: 'google' },
          { id: 'x', user_id: 'y', identity_data: { sub: 'y' }, provider: 'email' },
          { id: 'z', user_id: 'y', identity_data: { sub: '9' }, provider: 'twitch' },
        ],
      },
      {
        id: '30a6a401-beb7-4d72-8080-1259cd524668',
        email: 's3@supabase.example',
        banned_until: '2124-01-01T00:00:00Z',
      },
      {
        id: '40a6a401-beb7-4d72-8080-1259cd524668',
        email: 's4@supabase.example',
        banned_until: '2024-01-01T00:00:00Z',
      },
      { id: '50a6a401-beb7-4d72-8080-1259cd524668', email: 's5@supabase.example', deleted_at: '2024-01-01T00:00:00Z' },
      { id: '60a6a401-beb7-4d72-8080-1259cd524668', email: '', phone: '', is_anonymous: true },
    ),
    accounts: {
      's1@supabase.example': {
        id: '20a6a401-beb7-4d72-8080-1259cd524668',
        emailVerified: true,
        phone: '+998901234569',
        phoneVerified: false,
        passwordHash: BCRYPT,
        firstName: 'Ada',
        createdAt: '2024-05-30T09:00:00.123Z',
        identities: [google('117')],
      },
      's3@supabase.example': { isActive: false },
      's4@supabase.example': { isActive: true },
    },
    problems: [
      '1,20a6a401-beb7-4d72-8080-1259cd524668,identities,unknown provider twitch: pass its issuer with --issuer twitch=https://…,left out',
      '4,50a6a401-beb7-4d72-8080-1259cd524668,,deleted in Supabase,refused',
      '5,60a6a401-beb7-4d72-8080-1259cd524668,,neither an email address nor a phone number,refused',
    ],
    unused: ['aud', 'deleted_at', 'is_anonymous', 'raw_user_meta_data.plan'],
  },
  {
    title: 'auth.users as CSV',
    format: 'supabase',
    content: [
      'id,email,encrypted_password,email_confirmed_at,phone,phone_confirmed_at,raw_user_meta_data,created_at,banned_until',
      `76d97219-1628-4190-8bf9-58f49b2b2b24,s2@supabase.example,${BCRYPT},2024-05-31 09:00:00.123456+00,\\N,NULL,"{""first_name"":""Bob"",""plan"":""free""}",2024-05-31 09:00:00.123456+00,`,
      ',,,,,,,,',
      `86d97219-1628-4190-8bf9-58f49b2b2b24,,${BCRYPT},,998901234571,2024-05-31 09:00:00.123456+00,{},2024-05-31 09:00:00.123456+00,`,
    ].join('\n'),
    accounts: {
      's2@supabase.example': {
        emailVerified: true,
        phone: null,
        firstName: 'Bob',
        createdAt: MAY,
        passwordHash: BCRYPT,
      },
      '+998901234571': { phoneVerified: true, emailVerified: false },
    },
    unused: ['raw_user_meta_data.plan'],
  },
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
    unused: ['nickname', 'id'],
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
  {
    title: 'CSV',
    format: 'clerk',
    content: [
      'id,first_name,last_name,username,primary_email_address,primary_phone_number,verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,totp_secret,password_digest,password_hasher',
      `user_2abc,Ada,L,,cl1@clerk.example,,cl1@clerk.example,,,,,${BCRYPT},bcrypt`,
      `user_2def,Bob,,bob,cl2@clerk.example,+998901234572,cl3@clerk.example,cl2@clerk.example,+998901234572,,JBSWY3DPEHPK3PXP,,`,
    ].join('\n'),
    accounts: {
      'cl1@clerk.example': { emailVerified: true, firstName: 'Ada', lastName: 'L', passwordHash: BCRYPT },
      'cl2@clerk.example': { emailVerified: false, phone: '+998901234572', phoneVerified: true },
    },
    keys: ['user_2abc', 'user_2def'],
    unused: ['username', 'verified_email_addresses', 'totp_secret', 'password_hasher', 'id'],
  },
  {
    title: 'the users of the API',
    format: 'clerk',
    content: JSON.stringify([
      {
        id: 'user_2ghi',
        email_addresses: [
          { id: 'e1', email_address: 'cl4@clerk.example', verification: { status: 'verified' } },
          { id: 'e2', email_address: 'cl5@clerk.example', verification: null },
        ],
        primary_email_address_id: 'e1',
        phone_numbers: [],
        external_accounts: [{ provider: 'oauth_google', provider_user_id: 'c117' }],
        created_at: 1717146000123,
        banned: true,
      },
    ]),
    accounts: {
      'cl4@clerk.example': { emailVerified: true, isActive: false, createdAt: MAY, identities: [google('c117')] },
    },
    keys: ['user_2ghi'],
    unused: ['unverified_email_addresses', 'id'],
  },
  {
    title: 'CSV',
    format: 'cognito',
    content: [
      'cognito:username,name,given_name,family_name,email,email_verified,phone_number,phone_number_verified,cognito:mfa_enabled,updated_at',
      'u-1,Ada L,Ada,L,co1@cognito.example,true,+998901234573,true,false,',
    ].join('\n'),
    accounts: {
      'co1@cognito.example': { emailVerified: true, phone: '+998901234573', phoneVerified: true, firstName: 'Ada' },
    },
    keys: ['u-1'],
    unused: ['name', 'id'],
  },
  {
    title: 'list-users',
    format: 'cognito',
    content: JSON.stringify(
      {
        Users: [
          {
            Username: 'Google_117',
            Attributes: [
              { Name: 'sub', Value: '9a6a2f3c-3f6e-4d0f-9d57-0a3f5c1e2b4d' },
              { Name: 'email', Value: 'co2@cognito.example' },
              { Name: 'email_verified', Value: 'false' },
              {
                Name: 'identities',
                Value: '[{"userId":"co117","providerName":"Google","providerType":"Google","primary":"true"}]',
              },
            ],
            UserCreateDate: 1717146000.123,
            Enabled: false,
            UserStatus: 'EXTERNAL_PROVIDER',
          },
        ],
      },
      null,
      2,
    ),
    accounts: {
      'co2@cognito.example': {
        id: '9a6a2f3c-3f6e-4d0f-9d57-0a3f5c1e2b4d',
        emailVerified: false,
        isActive: false,
        createdAt: MAY,
        identities: [google('co117')],
      },
    },
    unused: ['Username', 'UserStatus'],
  },
  {
    title: 'the export of a realm',
    format: 'keycloak',
    content: JSON.stringify(
      {
        realm: 'r',
        groups: [{ users: ['"users":['] }],
        users: [keycloakUser, { id: 'x', username: 'service-account-api', serviceAccountClientId: 'api' }],
        clients: [{ users: [{ email: 'not@keycloak.example' }] }],
      },
      null,
      2,
    ),
    accounts: {
      'k1@keycloak.example': {
        id: keycloakUser.id,
        emailVerified: true,
        firstName: 'K',
        locale: 'de',
        phone: '+998901234580',
        createdAt: MAY,
        passwordHash: FOREIGN_SAMPLES.find(({ name }) => name.startsWith('Keycloak’s pbkdf2-sha256'))?.hash,
        identities: [google('k117')],
      },
    },
    problems: ['2,x,,a service account of Keycloak,refused'],
    unused: ['username', 'attributes.team', 'credentials (otp)', 'serviceAccountClientId', 'id'],
  },
  {
    title: 'argon2 and a disabled user, one per line',
    format: 'keycloak',
    content: lines({
      id: '889970f3-53d0-4c1f-9844-baeba9189bdd',
      email: 'k2@keycloak.example',
      enabled: false,
      credentials: [
        {
          type: 'password',
          secretData: JSON.stringify({ value: 'oDtKncOvMqW8IdoKraVjVg==', salt: '2O8tvna14B4j29QaOzdNsA==' }),
          credentialData: JSON.stringify({
            hashIterations: 2,
            algorithm: 'argon2',
            additionalParameters: { memory: ['102400'], type: ['id'], version: ['1.3'], parallelism: ['8'] },
          }),
        },
      ],
    }),
    accounts: {
      'k2@keycloak.example': {
        isActive: false,
        passwordHash: '$argon2id$v=19$m=102400,t=2,p=8$2O8tvna14B4j29QaOzdNsA==$oDtKncOvMqW8IdoKraVjVg==',
      },
    },
  },
  {
    title: 'our own names',
    format: 'keycloak',
    content: lines({
      id: '989970f3-53d0-4c1f-9844-baeba9189bdd',
      email: 'k3@keycloak.example',
      emailVerified: true,
      isActive: true,
      createdAt: 1717146000123,
      passwordHash: BCRYPT,
    }),
    accounts: { 'k3@keycloak.example': { emailVerified: true, createdAt: MAY, passwordHash: BCRYPT } },
  },
  {
    title: 'auth:export',
    format: 'firebase',
    content: JSON.stringify(
      {
        users: [
          {
            localId: 'Kx7',
            email: 'f1@firebase.example',
            emailVerified: true,
            passwordHash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
            salt: '42xEC+ixf3L2lw==',
            displayName: 'Ada',
            lastSignedInAt: '1717146000123',
            createdAt: '1717146000123',
            phoneNumber: '+998901234574',
            disabled: false,
            providerUserInfo: [
              { providerId: 'google.com', rawId: 'f117', email: 'f1@firebase.example' },
              { providerId: 'password', email: 'f1@firebase.example' },
            ],
          },
        ],
      },
      null,
      2,
    ),
    accounts: {
      'f1@firebase.example': {
        emailVerified: true,
        phone: '+998901234574',
        phoneVerified: true,
        isActive: true,
        createdAt: MAY,
        lastLoginAt: MAY,
        passwordHash: FOREIGN_SAMPLES.find(({ name }) => name.startsWith('Firebase'))?.hash,
        identities: [google('f117')],
      },
    },
    keys: ['Kx7'],
    unused: ['displayName', 'id'],
  },
  {
    title: 'wp_users',
    format: 'wordpress',
    content: [
      'ID,user_login,user_pass,user_email,user_registered,display_name',
      `1,ada,${PHPASS},w1@wordpress.example,2019-05-31 09:00:00,Ada`,
      `2,bob,$wp$2y$06$41rwybgVDFS7rGOE9aP83eVEu7xxBsZQoaBaA8QYHSgxogn4SOAqa,w2@wordpress.example,0000-00-00 00:00:00,Bob`,
      '3,eve,5f4dcc3b5aa765d61d8327deb882cf99,w3@wordpress.example,2019-05-31 09:00:00,Eve',
    ].join('\r\n'),
    accounts: {
      'w1@wordpress.example': { emailVerified: false, passwordHash: PHPASS, createdAt: '2019-05-31T09:00:00.000Z' },
      'w2@wordpress.example': { emailVerified: false },
    },
    keys: ['1', '2'],
    problems: ['3,3,passwordHash,this kind of hash is not supported: MD5,refused'],
    unused: ['user_login', 'display_name', 'id'],
  },
  {
    title: 'users with their accounts',
    format: 'better-auth',
    content: lines(
      {
        id: 'Zk3vQ9',
        name: 'Ada L',
        email: 'b1@better.example',
        emailVerified: true,
        createdAt: '2024-05-31T09:00:00.123Z',
        accounts: [
          { providerId: 'credential', accountId: 'Zk3vQ9', password: `5f3c8e21a07b4d96:${'0'.repeat(128)}` },
          { providerId: 'google', accountId: 'b117' },
        ],
      },
      {
        id: 'Zk3vQA',
        email: 'b2@better.example',
        email_verified: 1,
        password: `5f3c8e21a07b4d96:${'0'.repeat(128)}`,
        banned: 1,
      },
    ),
    accounts: {
      'b1@better.example': {
        emailVerified: true,
        createdAt: MAY,
        passwordHash: `5f3c8e21a07b4d96:${'0'.repeat(128)}`,
        identities: [google('b117')],
      },
      'b2@better.example': { emailVerified: true, isActive: false },
    },
    keys: ['Zk3vQ9', 'Zk3vQA'],
    unused: ['name', 'id'],
  },
];

const firebaseHashConfig = {
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
  rounds: '8',
  memoryCost: '14',
};

test.each(SAMPLES)(
  'imports $format: $title',
  async ({ format, content, accounts, keys, problems = [], unused = [] }) => {
    const imported = await importText(app, content, { format, firebaseHashConfig });
    expect(imported.unreadable).toBeUndefined();
    expect(imported.problems).toEqual(problems);
    expect(imported.notes.map((note) => note.replace(/: .*/, '')).sort()).toEqual([...unused].sort());
    const exported = await exportedAccounts(app);
    for (const [name, fields] of Object.entries(accounts)) expect(exported[name]).toMatchObject(fields);
    if (keys) expect(Object.keys(imported.ids).sort()).toEqual([...keys].sort());
    const again = await importText(app, content, { format, firebaseHashConfig });
    expect(again.counts).toMatchObject({ created: 0, present: imported.counts?.created });
  },
);

describe('of other systems', () => {
  test('the hashes that a preset puts together sign their owners in', async () => {
    expectType(await login(app.client(), 'k1@keycloak.example', 'lètmein 🦉'), 'Authenticated');
    expectType(await login(app.client(), 'f1@firebase.example', 'user1password'), 'Authenticated');
  });

  test('Firebase’s hashes without their parameters are rejected by name', async () => {
    const content = JSON.stringify({
      users: [{ localId: '1', email: 'f2@firebase.example', passwordHash: 'eA==', salt: 'eA==' }],
    });
    const { problems } = await importText(app, content, { format: 'firebase' });
    expect(problems).toEqual([
      expect.stringMatching(/^1,1,passwordHash,.*Firebase.*--firebase-hash-config.*,refused$/),
    ]);
  });

  test('an account that has only identities gets the same id again, and lists of another shape can be ignored', async () => {
    const row = { user_id: 'github|43', identities: [{ user_id: 43, provider: 'github', connection: 'github' }] };
    const first = await importText(app, lines(row), { format: 'auth0' });
    const second = await importText(app, lines(row), { format: 'auth0' });
    expect(second.ids).toEqual(first.ids);
    expect(second.counts).toMatchObject({ created: 0, present: 1 });
    const other = lines({ email: 'shape@other.example', identities: { google: 1 } });
    expect((await importText(app, other)).problems).toEqual([expect.stringContaining('--map identities=')]);
    expect((await importText(app, other, { columns: { identities: '' } })).counts).toMatchObject({ created: 1 });
  });
});

describe('values as other systems write them', () => {
  const row = (values: object) =>
    lines({
      email: `v${JSON.stringify(values)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}@values.example`,
      ...values,
    });
  test.each([
    [{ emailVerified: '2024-05-31T09:00:00.123456+00:00' }, true],
    [{ emailVerified: 1717146000 }, true],
    [{ emailVerified: '1717146000123' }, true],
    [{ emailVerified: 'TRUE' }, true],
    [{ emailVerified: 1 }, true],
    [{ emailVerified: '' }, false],
    [{ emailVerified: null }, false],
    [{ emailVerified: 'NULL' }, false],
    [{ emailVerified: '\\N' }, false],
    [{ emailVerified: '0000-00-00 00:00:00' }, false],
    [{ emailVerified: '0001-01-01T00:00:00Z' }, false],
    [{ emailVerified: 0 }, false],
  ])('%j means verified: %s', async (values, expected) => {
    const content = row(values);
    const { problems } = await importText(app, content);
    expect(problems).toEqual([]);
    expect((await exportedAccounts(app))[JSON.parse(content).email]).toMatchObject({ emailVerified: expected });
  });

  test.each(['maybe', '2999-01-01', { a: 1 }, [], '31.05.2024', 2])(
    '%j is neither yes, no nor a time',
    async (emailVerified) => {
      const { problems } = await importText(app, lines({ email: 'never@values.example', emailVerified }));
      expect(problems).toEqual([expect.stringContaining('emailVerified,neither true nor false')]);
    },
  );

  test('--map takes paths, and a name that no row has is reported', async () => {
    const content = lines({
      contact: { emails: [{ address: 'path@values.example' }], name: 'Ada' },
      'a.b': 'Company',
      meta: '{"since":1717146000}',
    });
    const columns = {
      email: 'contact.emails.0.address',
      firstName: 'contact.name',
      companyName: 'a.b',
      createdAt: 'meta.since',
      lastName: 'contact.surname',
    };
    const { problems, notes } = await importText(app, content, { columns });
    expect(problems).toEqual([]);
    expect(notes).toEqual(['contact.surname: no row has this column, which --map names']);
    expect((await exportedAccounts(app))['path@values.example']).toMatchObject({
      firstName: 'Ada',
      companyName: 'Company',
      createdAt: '2024-05-31T09:00:00.000Z',
    });
  });
});
