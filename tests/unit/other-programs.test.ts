import { describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail, PRODUCTION } from '../support/settings.ts';

const COMPLETE = {
  DATABASE_URL: 'postgres://db/auth',
  REDIS_URL: 'redis://r',
  SMTP_URL: 'smtp://mx',
  MAIL_FROM: 'a@example.com',
};

/** Variables in the .env files that these programs ship or document. */
const PROGRAMS = {
  Django: `SECRET_KEY_FALLBACKS DATABASE_ENGINE DATABASE_NAME DATABASE_CONN_MAX_AGE DATABASE_SSLMODE SESSION_COOKIE_AGE
    SESSION_COOKIE_SECURE SESSION_ENGINE PASSWORD_RESET_TIMEOUT PASSWORD_HASHERS SOCIAL_AUTH_GOOGLE_OAUTH2_KEY
    SOCIAL_AUTH_GOOGLE_OAUTH2_SECRET EMAIL_HOST ALLOWED_HOSTS CORS_ALLOWED_ORIGINS LOGIN_URL SITE_URL`,
  FastAPI: 'ACCESS_TOKEN_EXPIRE_MINUTES REFRESH_TOKEN_EXPIRE_DAYS ALGORITHM SMTP_TLS EMAILS_FROM_EMAIL',
  Rails: `SECRET_KEY_BASE RAILS_MASTER_KEY DATABASE_POOL DATABASE_USERNAME DATABASE_REPLICA_URL OTP_SECRET SMTP_ADDRESS
    SMTP_SERVER SMTP_DOMAIN SMTP_ENABLE_STARTTLS_AUTO SMTP_OPENSSL_VERIFY_MODE SMTP_FROM_ADDRESS REDIS_NAMESPACE`,
  Laravel: 'SESSION_DRIVER SESSION_LIFETIME REDIS_CLIENT MAIL_FROM_ADDRESS MAIL_FROM_NAME APP_URL',
  'Next.js': `DATABASE_URL_UNPOOLED DATABASE_URL_NON_POOLING DATABASE_DIRECT_URL DATABASE_AUTH_TOKEN SESSION_SECRET
    ACCESS_TOKEN_SECRET ACCESS_TOKEN_EXPIRES_IN REFRESH_TOKEN_SECRET NEXTAUTH_URL AUTH_SECRET SITE_URL REDIS_TOKEN`,
  Supabase: `SITE_URL SECRET_KEY_BASE SMTP_ADMIN_EMAIL SMTP_HOST SMTP_PORT SMTP_USER SMTP_PASS SMTP_SENDER_NAME JWT_SECRET
    ENABLE_PHONE_SIGNUP API_EXTERNAL_URL ADDITIONAL_REDIRECT_URLS SUPABASE_PUBLIC_URL`,
  'programs with OpenID Connect': `OIDC_AUTH_URI OIDC_TOKEN_URI OIDC_USERINFO_URI OIDC_LOGOUT_URI OIDC_DISPLAY_NAME
    OIDC_REDIRECT_URI OIDC_USERNAME_CLAIM OIDC_PROVIDER_URL OIDC_ENABLED OIDC_DISCOVERY_URL OIDC_CLIENT_ID
    OIDC_CLIENT_SECRET OIDC_SCOPES`,
  'other servers': 'AMQP_URL SFTP_URL HTTP_URL IMAP_URL EDGE_URL GRAPHITE KC_LOG_LEVEL SENTRY_KEY',
};

describe('variables of other programs', () => {
  test.each(Object.entries(PROGRAMS))('of %s do not stop the start', (_, names) => {
    for (const name of names.split(/\s+/)) {
      const { warnings } = loadOrFail({ ...COMPLETE, [name]: 'canary' });
      expect(warnings.join('\n'), name).not.toMatch(/canary|is it/);
    }
  });

  test.each([
    ...['DATABASE_ULR', 'REDIS_ULR', 'SMTP_ULR', 'DATABASE_URL_FIEL', 'SMTP_URL_FLIE', 'DATABASE_SCHEME', 'SECERT_KEY'],
    ...['DATABASEURL', 'MAIL_FORM', 'PUBLIC_ULR', 'ACCESS_TOKEN_TLL', 'REFRESH_TOKEN_TTLS', 'SECRET_KEY_PREVIUOS'],
    ...['OIDC_APPLE_AUDIENCE', 'OIDC_APPLE_ISUER', 'OIDC_KEYCLOAK_CLIENT_SERCET', 'SOCIAL_REDIRECT_URI', 'NODE_EVN'],
    ...['SMTP_URI', 'SMPT_URL', 'REDISURL', 'ALLOWED_ORIGIN', 'DATABASE_POLL_SIZE', 'LOG_LEVLE', 'SECRET_KEYS_FILE'],
  ])('the misspelling %s stops it', (name) => {
    expect(loadErrors({ ...COMPLETE, [name]: 'canary' })).toEqual([expect.stringMatching(`^${name} is not a setting`)]);
  });

  test('a misspelled setting of a provider that is in use stops it', () => {
    const keycloak = {
      OIDC_KEYCLOAK_ISSUER: 'https://id.example.com',
      OIDC_KEYCLOAK_CLIENT_ID: 'x',
      OIDC_KEYCLOAK_CLIENT_SECRET: 'x',
      SOCIAL_REDIRECT_URIS: 'https://app.example.com/cb',
    };
    expect(loadErrors({ ...COMPLETE, ...keycloak })).toEqual([]);
    for (const name of ['OIDC_KEYCLOAK_DISCOVERY_URL', 'OIDC_KEYCLOAK_REALM', 'OIDC_KEYCLOAK_DOMAINS'])
      expect(loadErrors({ ...COMPLETE, ...keycloak, [name]: 'x' }), name).toHaveLength(1);
  });

  test.each([
    ['SMTP_HOST', 'SMTP_URL'],
    ['DATABASE_PGHOST', 'DATABASE_URL'],
    ['REDIS_HOST', 'REDIS_URL'],
  ])('without the URL, %s stops no start either, and the warning names %s', (name, url) => {
    const warning = `${name} is not a setting, and is ignored; if it is meant for Latchkey, set ${url} instead`;
    for (const env of [{}, PRODUCTION]) {
      const { warnings } = loadOrFail({ ...env, [name]: 'canary' });
      expect(warnings.filter((line) => line.includes(name))).toEqual([warning]);
    }
  });

  test('of a gateway or provider that is not in use do not stop the start, and misspellings of it do', () => {
    const { warnings } = loadOrFail({ GOOGLE_OAUTH_REDIRECT_URI: 'canary', TWILIO_WORKSPACE: 'canary' });
    expect(warnings).toEqual([
      'GOOGLE_OAUTH_REDIRECT_URI is not a setting, and is ignored',
      'TWILIO_WORKSPACE is not a setting, and is ignored',
    ]);
    expect(loadErrors({ GOOGLE_OAUTH_CLIENTID: 'x', TWILIO_AUTH_TOKN: 'x' })).toHaveLength(2);
  });
});
