import { BCRYPT, google, lines, MAY, type Sample } from './sample.ts';

export const supabaseSamples: readonly Sample[] = [
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
];
