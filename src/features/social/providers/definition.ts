import type { Clock } from '../../../core/clock.ts';
import type { SecretsSentTo, SettingGroup, Settings, Values } from '../../../core/settings/setting-group.ts';
import type { OpenWeb } from '../../../infra/web/web.ts';
import type { SocialProvider } from '../provider.ts';

/** Everything the service knows about one social provider. registry.ts lists them. */
export interface ProviderDefinition<S extends Settings = Settings> extends SettingGroup<S> {
  /** For socialAuthorize. Undefined: there are several, and each is named by its variables, <prefix>_<NAME>_… */
  readonly name: string | undefined;
  /** What its identities are stored under. Undefined if it depends on the settings. */
  readonly issuer?: string;
  /** What the doctor suggests if the provider does not work. */
  readonly advice: string;
  create(settings: Values<S>, dependencies: ProviderDependencies): SocialProvider;
}

export interface ProviderDependencies {
  name: string;
  openWeb: OpenWeb;
  clock: Clock;
}

export interface ConfiguredProvider {
  readonly name: string;
  readonly definition: ProviderDefinition;
  readonly settings: Values<Settings>;
}

/** Infers the types of the settings. */
export const socialProvider = <S extends Settings>(
  definition: ProviderDefinition<S> & SecretsSentTo<S>,
): ProviderDefinition => definition;

export const createProvider = (
  { name, definition, settings }: ConfiguredProvider,
  dependencies: Omit<ProviderDependencies, 'name'>,
): SocialProvider => definition.create(settings, { name, ...dependencies });
