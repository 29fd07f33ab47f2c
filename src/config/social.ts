import { MAX_PROVIDERS } from '../core/response-size.ts';
import { variableName } from '../core/settings/setting-group.ts';
import type { ConfiguredProvider, ProviderDefinition } from '../features/social/providers/definition.ts';
import { type Environment, readText } from './environment.ts';
import { findGroupErrors, type GroupReading, readGroup } from './read-setting.ts';
import type { Settings } from './settings.ts';
import type { SocialConfig } from './types.ts';

interface ProviderReading extends GroupReading {
  definition: ProviderDefinition;
  name: string;
}

interface SocialReading {
  config: SocialConfig;
  groups: readonly GroupReading[];
  errors: string[];
  /** Settings that work, but are probably mistakes. */
  warnings: string[];
}

/** The providers with any variable set, in the order of the definitions. */
export function readSocial(
  settings: Settings,
  env: Environment,
  definitions: readonly ProviderDefinition[],
): SocialReading {
  const readings = definitions
    .flatMap((definition) => readProviders(definition, env))
    .filter(({ set }) => set.length > 0);
  const isProduction = settings.NODE_ENV === 'production';
  const tooMany = readings.length > MAX_PROVIDERS ? [`Configure at most ${MAX_PROVIDERS} social providers`] : [];
  const errors = readings.flatMap((reading) => [
    ...reading.errors,
    ...findGroupErrors(reading, reading.set[0] ?? '', isProduction),
    ...findConflicts(reading, readings, definitions),
  ]);
  const providers = readings.map(({ definition, name, values }) => ({ definition, name, settings: values }));
  const redirectUris = settings.SOCIAL_REDIRECT_URIS;
  return {
    config: { redirectUris, providers },
    groups: readings,
    errors: [...errors, ...tooMany],
    warnings: redirectWarnings(settings, providers),
  };
}

function readProviders(definition: ProviderDefinition, env: Environment): ProviderReading[] {
  if (definition.name !== undefined) return [{ definition, name: definition.name, ...readGroup(definition, env) }];
  return namesIn(definition, env).map((name) => ({
    definition,
    name: name.toLowerCase().replaceAll('_', '-'),
    ...readGroup(definition, env, `${definition.prefix}_${name}`),
  }));
}

/** Matches the variables of a definition, with the name of the provider if the operator chooses it. */
function buildPattern({ name, prefix, settings }: ProviderDefinition): RegExp {
  const endings = Object.keys(settings).map((setting) => variableName('', setting));
  const chosen = name === undefined ? '_([A-Z0-9]+(?:_[A-Z0-9]+)*?)' : '';
  return new RegExp(`^${prefix}${chosen}(?:${endings.join('|')})$`);
}

function namesIn(definition: ProviderDefinition, env: Environment): string[] {
  const pattern = buildPattern(definition);
  const names = Object.keys(env).flatMap((variable) =>
    readText(env, variable) === undefined ? [] : (pattern.exec(variable)?.[1] ?? []),
  );
  return [...new Set(names)].sort();
}

/** The variables of providers whose names the operator chooses. */
export function namedVariables(env: Environment, definitions: readonly ProviderDefinition[]): string[] {
  const patterns = definitions.filter(({ name }) => name === undefined).map(buildPattern);
  return Object.keys(env).filter((variable) => patterns.some((pattern) => pattern.test(variable)));
}

/** Errors about two providers with the same name or issuer. */
function findConflicts(
  { definition, prefix, name, values }: ProviderReading,
  readings: readonly ProviderReading[],
  definitions: readonly ProviderDefinition[],
): string[] {
  const { secretsSentTo } = definition;
  if (definition.name !== undefined || !secretsSentTo) return [];
  const variable = variableName(prefix, secretsSentTo);
  const namesake = definitions.find((other) => other.name === name);
  const twin = readings.find(
    (other) => other.definition === definition && other.values[secretsSentTo] === values[secretsSentTo],
  );
  return [
    ...(namesake ? [`${variable} is not used: set ${namesake.prefix}_* for ${name}, or choose another name`] : []),
    ...(twin && twin.name !== name && values[secretsSentTo] !== undefined
      ? [`${variable} must differ from ${variableName(twin.prefix, secretsSentTo)}`]
      : []),
  ];
}

const redirectWarnings = (settings: Settings, providers: readonly ConfiguredProvider[]): string[] =>
  providers.length > 0 && settings.SOCIAL_REDIRECT_URIS.length === 0 && settings.ACCOUNT_PAGES !== true
    ? ['SOCIAL_REDIRECT_URIS is empty: users cannot sign in with a social provider in a browser app']
    : [];
