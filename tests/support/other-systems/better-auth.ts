import { google, lines, MAY, type Sample } from './sample.ts';

export const betterAuthSamples: readonly Sample[] = [
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
