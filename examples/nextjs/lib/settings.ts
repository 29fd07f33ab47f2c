/** Where this app is, exactly as browsers write its origin. */
export const APP_ORIGIN = process.env.APP_ORIGIN ?? 'http://localhost:3000';
/** PUBLIC_URL of the service. */
export const ISSUER = process.env.LATCHKEY_ISSUER ?? 'http://localhost:4000';
/** TOKEN_AUDIENCE of the service. */
export const AUDIENCE = process.env.LATCHKEY_AUDIENCE ?? ISSUER;
/** Where this server reaches the service, such as its address in the internal network. */
export const SERVICE_URL = process.env.LATCHKEY_URL ?? ISSUER;
