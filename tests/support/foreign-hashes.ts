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

export const FOREIGN_SAMPLES: readonly ForeignSample[] = [
  ...DJANGO.map(([name, hash]) => ({ name, password: PASSWORD, hash })),
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
  `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$c2FsdA==$${FILLER}`,
  `$fbscrypt$v=1,n=14,r=8,p=1,sk=${FILLER}$c2FsdA==$c2hvcnQ=`,
] as const;
