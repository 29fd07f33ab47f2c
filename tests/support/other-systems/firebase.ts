import { FOREIGN_SAMPLES } from '../foreign-hashes.ts';
import { google, MAY, type Sample } from './sample.ts';

/** The parameters of the hashes. */
export const FIREBASE_CONFIG = {
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
  rounds: '8',
  memoryCost: '14',
};

export const firebaseSamples: readonly Sample[] = [
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
];
