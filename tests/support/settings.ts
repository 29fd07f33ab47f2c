import { randomBytes } from 'node:crypto';
import { type Environment, loadConfig } from '../../src/config.ts';

/** A secret that is accepted, and the least that production needs. */
export const SECRET_KEY = randomBytes(32).toString('base64');
export const PRODUCTION = { NODE_ENV: 'production', SECRET_KEY, PUBLIC_URL: 'https://auth.example.com' };

/** The configuration and its warnings. Throws the errors, if there are any. */
export function loadOrFail(env: Environment) {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded;
}

export const loadValid = (env: Environment) => loadOrFail(env).config;

/** Empty if the settings are valid. */
export function loadErrors(env: Environment): string[] {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  return 'errors' in loaded ? loaded.errors : [];
}
