import { FOREIGN_SAMPLES } from '../foreign-hashes.ts';
import { BCRYPT, google, lines, MAY, type Sample } from './sample.ts';

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
    { type: 'otp', secretData: '{"value":"JBSWY3DPEHPK3PXP"}', credentialData: '{"subType":"hotp"}' },
  ],
  federatedIdentities: [{ identityProvider: 'google', userId: 'k117', userName: 'k1@gmail.example' }],
};

export const keycloakSamples: readonly Sample[] = [
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
        {
          type: 'otp',
          createdDate: 1717146000123,
          secretData: '{"value":"12345678901234567890"}',
          credentialData:
            '{"subType":"totp","digits":8,"counter":0,"period":60,"algorithm":"HmacSHA256","secretEncoding":null}',
        },
      ],
    }),
    accounts: {
      'k2@keycloak.example': {
        isActive: false,
        secondFactors: {
          required: true,
          totp: {
            secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
            algorithm: 'SHA256',
            digits: 8,
            period: 60,
            createdAt: new Date(MAY),
          },
        },
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
];
