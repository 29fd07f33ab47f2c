export interface ForeignSample {
  /** The system that made it. */
  name: string;
  password: string;
  hash: string;
}

const PASSWORD = 'lètmein 🦉';

/** Made by Django 3.2 with bcrypt 3.2 and argon2-cffi 21.1. */
const DJANGO: readonly (readonly [name: string, hash: string])[] = [
  [
    'Django’s pbkdf2_sha256',
    'pbkdf2_sha256$260000$a3agOqyWCbheeksogHQOPr$MUxpmbOMeCSEUGe0feIFVV+ioBsV33ShXHAPXHrIX9Y=',
  ],
  ['Django’s pbkdf2_sha1', 'pbkdf2_sha1$260000$PwLZ7UfjN9842KpbrqvzNf$sLdsiTBD1BF+h6xv5PFTiWvE4E8='],
  ['Django’s argon2', 'argon2$argon2id$v=19$m=102400,t=2,p=8$M3FGTjVvOU5WWHVXTkRjMWNFMWNaRw$tXWrcxpE8YiDWeE8hp5SCw'],
  ['Django’s bcrypt', 'bcrypt$$2b$12$lHXNWNAm0srXJ.NJpFlkuuJ5iwWBR5o9dldX42UWtk0HDUZd9ptSy'],
  ['Django’s bcrypt_sha256', 'bcrypt_sha256$$2b$12$RZqj5M45wyGnNNfyx3TiY.xlyiVOuzSnMAMXV5U.sgs.xEMGULiTe'],
  [
    'Django’s scrypt with five lanes',
    'scrypt$16384$seasalt2$8$5$BrafbmVP+YEZgkyP0erhXYZRXYB1Qx6DP4Y0ktSfNl/TOW3N495H1QvYwmkpesKtBnfMZTVI6AqYSahqmhIXsQ==',
  ],
  ['bcrypt of the year 2011', '$2a$06$Tlk5A3hQoBSyiXpr6aDNJOWgZSxz/kDuHoo.oGi/83zrlsEufsqMe'],
  ['bcrypt as PHP has it', '$2y$06$fNirpSywRElO.K40pmQsS.6bimlUHUkWuZ/3UR4UzF4ER8gCkthQi'],
  ['Passlib’s argon2id', '$argon2id$v=19$m=102400,t=2,p=8$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg'],
  ['argon2i', '$argon2i$v=19$m=512,t=2,p=8$CBdCqXM7qGoEvAGq7kT0Gg$BCX9YWxh+48+uYAjXnhmtg'],
  ['argon2d', '$argon2d$v=19$m=512,t=2,p=8$ZSRefhS26PEShMUGUSc0gQ$RDeIZ/OBWNTC6o4eHDAWYw'],
];

/** Made with Python's hashlib in the formats of these systems. */
const OTHERS: readonly (readonly [name: string, hash: string])[] = [
  [
    'Passlib’s pbkdf2_sha512',
    '$pbkdf2-sha512$25000$xkkkxqvIo7/7MNjNSxybCA$PBqvcEM8gLypfomX7XhRYhBkJmQ6HGoOBv2BOvpKMwv7Y.HWB67avHLcGcYJ.EhgWvuNZvsCFClJfCK8ARY62g',
  ],
  ['Passlib’s pbkdf2_sha1', '$pbkdf2$131000$xkkkxqvIo7/7MNjNSxybCA$fS7TtJy/LlKqU9iyKihxNBtxMGM'],
  [
    'Keycloak’s pbkdf2-sha256, of two blocks',
    '$pbkdf2-sha256$27500$xkkqxvIo/7MNjUxGbIMXmQ==$T71+ysrEK+1ok5Syp5wpo06FalOfYSOM5SYND+BzR23Z1vZ9ejn/yXf+mRRPYadFLw77TjtsKkX7jQR/L4zbzQ==',
  ],
  [
    'Keycloak’s pbkdf2, of four blocks',
    '$pbkdf2-sha1$20000$xkkqxvIo/7MNjUxGbIMXmQ==$PM4VeBkvfSHjTEMCRw6gluYSUixLvPpNDVwL1JeBiDmipTuPaTrz61xIYC0mwN2Qhd9XL/qZSYu7FYCL06FBmw==',
  ],
  ['Ory Kratos', '$pbkdf2-sha256$i=1000,l=32$xkkqxvIo/7MNjUxGbIMXmQ$ZAmQ+PQKWbxvx7pI1Q/59702IFoCPXJwd5IMKfoF1wk'],
  ['Werkzeug’s pbkdf2:sha1', 'pbkdf2:sha1:1000$Qz7RLkXb$164588ea2c8ee646c6870ac7dfb0e7f5df7c3676'],
  [
    'Werkzeug’s pbkdf2:sha256',
    'pbkdf2:sha256:260000$Qz7RLkXb$9c57c43774b717bdb8e02a9193e2d69a4306fab09949e1f13162570eeb5183e4',
  ],
  [
    'Werkzeug’s pbkdf2:sha512',
    'pbkdf2:sha512:1000$Qz7RLkXb$da920d2e8c40b521b7f6f3704a8e5f9f051e751dfe7a1565825717303b506302af41284953ef8149b5502616d9bb3ca5b3481178c9c6e75c36608e6627e5de20',
  ],
  [
    'Werkzeug’s scrypt',
    'scrypt:32768:8:1$Qz7RLkXbN4tGkUwe$6c1c1d301816145458fd507e7807aa5bef325b9a074b5a9c8c482750e53e5258c4bb87117a8a35639784f504b981da17f7fcb686e9f238416d117664ba36f2c6',
  ],
  [
    'better-auth',
    '5f3c8e21a07b4d96b2e1f4a8c7d05e39:440bbb31d81cabde402afa6f175627eea3e70b0f86cba0ec0d049c7f69fb792171e925bc1bcc7317f87714d6617037326a6696bde79fb2ad79302ea2cd6469a5',
  ],
  ['WordPress', '$wp$2y$06$41rwybgVDFS7rGOE9aP83eVEu7xxBsZQoaBaA8QYHSgxogn4SOAqa'],
  ['WordPress before 6.8', '$P$BTz4kQ8vWLbq8ByMO..vUO6GPkWBBE1'],
  ['phpBB', '$H$9Tz4kQ8vWcw6jAlSz/ocem8ybFSFGy.'],
  ['Spring Security’s bcrypt', '{bcrypt}$2b$06$Rzj/a3lshC5ZubGqAQ/GhetTnBbKhwc96DJjh7gP3Pkiw7whU7SiK'],
  [
    'pbkdf2_sha512 in a Django project',
    'pbkdf2_sha512$1000$salt$+LolHMYWZOwYsgkJq719Ppcg7vYq/Lzv7oyzGcTpDBtjHgDcWYcqGxzBe6ewOidQeKjBLoA5aTq+pIvz0O8IuQ==',
  ],
  [
    'Keycloak’s argon2id, whose base64 is padded',
    '$argon2id$v=19$m=102400,t=2,p=8$2O8tvna14B4j29QaOzdNsA==$oDtKncOvMqW8IdoKraVjVg==',
  ],
];

export const FOREIGN_SAMPLES: readonly ForeignSample[] = [
  ...[...DJANGO, ...OTHERS].map(([name, hash]) => ({ name, password: PASSWORD, hash })),
  {
    name: 'argon2id with our own parameters, whose base64 is padded',
    password: 'violet-harbour-92-lantern',
    hash: '$argon2id$v=19$m=19456,t=2,p=1$hqGShv9mrpDYbi496JDH3A==$nRn1LRafSgl6E0eehR0dfkV756NLWpxOBmQ9bzLWMZA=',
  },
  {
    name: 'phpass, of its own tests',
    password: 'test12345',
    hash: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
  },
  {
    name: 'Passlib’s pbkdf2_sha256, of its own documentation',
    password: 'password',
    hash: '$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdAw$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  },
  {
    name: 'Django’s scrypt, of its own tests',
    password: 'lètmein',
    hash: 'scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==',
  },
  {
    name: 'Firebase, of its own README',
    password: 'user1password',
    hash: '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  },
];

const [PBKDF2_HASH, FILLER] = [Buffer.alloc(32).toString('base64'), Buffer.alloc(64).toString('base64')];

/** Each would take minutes or gigabytes. */
export const COSTLY_HASHES = [
  `pbkdf2_sha256$999999999$salt$${PBKDF2_HASH}`,
  `pbkdf2_sha1$3000001$salt$${Buffer.alloc(20).toString('base64')}`,
  `scrypt$1073741824$salt$8$1$${FILLER}`,
  `scrypt$16384$salt$8$9$${FILLER}`,
  `scrypt$2$salt$9999$9999$${FILLER}`,
  'bcrypt$$2b$31$lHXNWNAm0srXJ.NJpFlkuuJ5iwWBR5o9dldX42UWtk0HDUZd9ptSy',
  '$2y$15$fNirpSywRElO.K40pmQsS.6bimlUHUkWuZ/3UR4UzF4ER8gCkthQi',
  'argon2$argon2id$v=19$m=4194304,t=1,p=8$M3FGTjVvOU5WWHVXTkRjMWNFMWNaRw$tXWrcxpE8YiDWeE8hp5SCw',
  '$argon2id$v=19$m=102400,t=4000000,p=8$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg',
  '$argon2id$v=19$m=102400,t=2,p=4000$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg',
  `pbkdf2:sha256:3000001$salt$${'0'.repeat(64)}`,
  `$pbkdf2-sha256$1500001$c2FsdA$${FILLER}`,
  `$pbkdf2-sha512$i=99999999,l=64$c2FsdA$${FILLER}`,
  `scrypt:1048576:8:1$salt$${'0'.repeat(128)}`,
  '$wp$2y$15$41rwybgVDFS7rGOE9aP83eVEu7xxBsZQoaBaA8QYHSgxogn4SOAqa',
  '$P$STz4kQ8vWLbq8ByMO..vUO6GPkWBBE1',
  `$fbscrypt$v=1,n=30,r=8,p=1,ss=Bw==,sk=${FILLER}$c2FsdA==$${FILLER}`,
] as const;

/** Unknown, truncated or malformed. */
export const BROKEN_HASHES = [
  'md5$salt$0123456789abcdef0123456789abcdef',
  '0123456789abcdef0123456789abcdef',
  'hunter2',
  `pbkdf2_sha256$0$salt$${PBKDF2_HASH}`,
  `pbkdf2_sha256$1e3$salt$${PBKDF2_HASH}`,
  'pbkdf2_sha256$1000$salt$c2hvcnQ=',
  `pbkdf2_sha256$1000$${'s'.repeat(600)}$${PBKDF2_HASH}`,
  `pbkdf2_sha256$1000$salt$${PBKDF2_HASH}$`,
  `scrypt$16383$salt$8$1$${FILLER}`,
  `scrypt$16384$salt$0$1$${FILLER}`,
  'scrypt$16384$salt$8$1$c2hvcnQ=',
  'bcrypt$$2b$12$tooShort',
  'bcrypt$$2b$03$lHXNWNAm0srXJ.NJpFlkuuJ5iwWBR5o9dldX42UWtk0HDUZd9ptSy',
  '$2x$06$fNirpSywRElO.K40pmQsS.6bimlUHUkWuZ/3UR4UzF4ER8gCkthQi',
  '$argon2id$v=19$m=0,t=2,p=8$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg',
  '$argon2id$v=19$m=16,t=2,p=8$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg',
  '$argon2id$v=19$m=102400,t=2,p=8$2O8tvna14B4j29QaOzdNsA',
  '$argon2id$v=18$m=102400,t=2,p=8$2O8tvna14B4j29QaOzdNsA$oDtKncOvMqW8IdoKraVjVg',
  `$pbkdf2-sha256$0$c2FsdA$${PBKDF2_HASH}`,
  `$pbkdf2-sha256$i=1000,l=64$c2FsdA$${PBKDF2_HASH}`,
  `$pbkdf2-sha256$1000$sa lt$${PBKDF2_HASH}`,
  '$pbkdf2-sha256$1000$c2FsdA$c2hvcnQ',
  `$pbkdf2-md5$1000$c2FsdA$${PBKDF2_HASH}`,
  `pbkdf2:sha256$salt$${'0'.repeat(64)}`,
  `pbkdf2:sha256:1000$salt$${'0'.repeat(62)}`,
  `pbkdf2:sha256:1000$salt$${'g'.repeat(64)}`,
  `scrypt:32768:8$salt$${'0'.repeat(128)}`,
  `scrypt:32767:8:1$salt$${'0'.repeat(128)}`,
  `5f3c8e21a07b4d96:${'0'.repeat(126)}`,
  `:${'0'.repeat(128)}`,
  '$P$BTz4kQ8vWLbq8ByMO..vUO6GPkWBBE',
  '$P$.Tz4kQ8vWLbq8ByMO..vUO6GPkWBBE1',
  '$wp$2b$06$41rwybgVDFS7rGOE9aP83eVEu7xxBsZQoaBaA8QYHSgxogn4SOAqa',
  '$wp$2y$06$short',
  `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$c2FsdA==$${FILLER}`,
  `$fbscrypt$v=1,n=14,r=8,p=1,sk=${FILLER}$c2FsdA==$c2hvcnQ=`,
] as const;

/** Kinds that an import names when it rejects them. */
export const UNSUPPORTED_HASHES = [
  ['MD5 (md5$)', 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99'],
  ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['SHA-1', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8'],
  ['SHA-512 crypt ($6$)', `$6$saltsalt$${'a'.repeat(86)}`],
  ['yescrypt ($y$)', '$y$j9T$abc$def'],
  ['MD5 crypt ($1$)', '$1$salt$qJH7.N4xYta3aEG/dfqo/0'],
  [
    'ASP.NET Identity',
    Buffer.concat([Buffer.from([1, 0, 0, 0, 1, 0, 0, 0x27, 0x10]), Buffer.alloc(52)]).toString('base64'),
  ],
  ['Dovecot: remove the braces before the hash', `{BLF-CRYPT}$2y$10$${'a'.repeat(53)}`],
  ['Dovecot', '{SCRAM-SHA-256}4096,c2FsdA==,AQEB,AgIC'],
  ['LDAP SHA', '{SSHA}AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=='],
  ['Drupal ($S$)', '$S$D5z1Xm0dVw5xqWmDYgsSVAd5nuTAVZ7Gv5dCCQW7bhbcPRwXPHHu'],
  ['salted SHA (Werkzeug before 2.3)', `sha256$salt$${'0'.repeat(64)}`],
  ['PBKDF2 with this digest or in this form', `$pbkdf2-sha3$1000$c2FsdA$${PBKDF2_HASH}`],
  ['scrypt ($scrypt$)', `$scrypt$ln=16,r=8,p=1$c2FsdA$${PBKDF2_HASH}`],
] as const;
