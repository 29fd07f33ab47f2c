import { google, MAY, type Sample } from './sample.ts';

export const cognitoSamples: readonly Sample[] = [
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
];
