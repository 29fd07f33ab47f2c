import { BCRYPT, google, MAY, type Sample } from './sample.ts';

export const clerkSamples: readonly Sample[] = [
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
    unused: ['unverified_email_addresses', 'id', 'passwordHash'],
  },
];
