import { PHPASS, type Sample } from './sample.ts';

export const wordpressSamples: readonly Sample[] = [
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
];
