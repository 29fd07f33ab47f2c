import { resolve } from 'node:path';
import { assembleConfig } from './config/assemble.ts';
import { findErrors, findWarnings } from './config/checks.ts';
import { countThreads } from './config/cores.ts';
import { type DevelopmentSecret, developmentSecret } from './config/development-secret.ts';
import { listEffective } from './config/effective.ts';
import type { Environment } from './config/environment.ts';
import { readSecretFiles } from './config/secret-files.ts';
import { readSettings, SETTING_NAMES } from './config/settings.ts';
import { readSms } from './config/sms.ts';
import { namedVariables, readSocial } from './config/social.ts';
import type { Config } from './config/types.ts';
import { findUnknownVariables } from './config/unknown.ts';
import { listVariables } from './core/settings/setting-group.ts';
import type { ProviderDefinition } from './features/social/providers/definition.ts';
import { SOCIAL_PROVIDERS } from './features/social/providers/registry.ts';
import type { SmsGateway } from './infra/sms/gateway.ts';
import { SMS_GATEWAYS } from './infra/sms/registry.ts';

export type { PostgresHost, PostgresTarget, TlsSettings } from './config/database-url.ts';
export type { EffectiveSetting } from './config/effective.ts';
export { type Environment, readEnvironment } from './config/environment.ts';
export type { DirectServers, RedisServers, SentinelServers, Urls } from './config/redis-servers.ts';
export type { TracesConfig } from './config/traces.ts';
export type { Config, EmbeddedConfig, PostgresConfig, WebhookConfig } from './config/types.ts';

/** The configuration, or all errors: one line each, with the name of the variable and never its value. */
export type Loaded = { config: Config; warnings: string[] } | { errors: string[] };

/** What the service can be extended with. */
export interface Registries {
  gateways: readonly SmsGateway[];
  providers: readonly ProviderDefinition[];
}

const REGISTRIES: Registries = { gateways: SMS_GATEWAYS, providers: SOCIAL_PROVIDERS };

/** Writes nothing, except in development without SECRET_KEY: then it generates one in DATA_DIR. */
export function loadConfig(given: Environment, { gateways, providers }: Registries = REGISTRIES): Loaded {
  const groups = [...gateways, ...providers];
  const fixedNames = new Set([...SETTING_NAMES, ...groups.flatMap(listVariables)]);
  const files = readSecretFiles(
    given,
    (name) => fixedNames.has(name) || namedVariables({ [name]: '' }, providers).length > 0,
  );
  const { env } = files;
  const { settings, errors } = readSettings(env);
  errors.push(...files.errors);
  const sms = readSms(settings, env, gateways);
  const social = readSocial(settings, env, providers);
  errors.push(...sms.errors, ...social.errors, ...findErrors(settings, env));
  const variables = [...fixedNames, ...namedVariables(env, providers)];
  const named = providers
    .filter(({ name }) => name === undefined)
    .map((group) => ({ prefix: group.prefix, variables: listVariables(group) }));
  const unknown = findUnknownVariables(env, { variables, prefixes: groups.map(({ prefix }) => prefix), named });
  errors.push(...unknown.errors);
  if (errors.length > 0) return { errors };

  const secret: DevelopmentSecret = settings.SECRET_KEY
    ? { kind: 'secret', value: settings.SECRET_KEY }
    : developmentSecret(resolve(settings.DATA_DIR));
  if (secret.kind === 'problem') return { errors: [`DATA_DIR ${secret.problem}`] };

  const secrets = [secret.value, ...settings.SECRET_KEY_PREVIOUS] as const;
  const effective = listEffective(settings, env, [...sms.groups, ...social.groups]);
  const config = assembleConfig(settings, {
    secrets,
    sms: sms.config,
    social: social.config,
    effective,
    threads: countThreads(given),
  });
  const warnings = [
    ...unknown.warnings,
    ...social.warnings,
    ...(config.production ? sms.warnings : []),
    ...findWarnings(settings, config),
  ];
  return { config, warnings };
}
