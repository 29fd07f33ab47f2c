import { randomBytes } from 'node:crypto';
import { type Config, type Environment, loadConfig, type Registries } from '../../src/config.ts';

/** Shared by all apps of a test file, so that replicas accept each other's tokens. */
const SECRET_KEY = randomBytes(32).toString('base64');

/** Loads the configuration and adds a secret key. Throws all errors together. */
export function loadTestConfig(env: Environment, registries?: Registries): Config {
  const loaded = loadConfig({ SECRET_KEY, ...env }, registries);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.config;
}
