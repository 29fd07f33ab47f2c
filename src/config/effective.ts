import type { z } from 'zod';
import { findDefault, variableName } from '../core/settings/setting-group.ts';
import { findDisplay } from '../core/settings/visible.ts';
import { type Environment, readText } from './environment.ts';
import type { GroupReading } from './read-setting.ts';
import { SETTING_NAMES, SETTINGS, type Settings } from './settings.ts';

/** A setting as administrators see it. */
export interface EffectiveSetting {
  /** The variable. */
  name: string;
  /** As it is written, or the default. Undefined for a secret, and without a value. */
  value: string | undefined;
  isSet: boolean;
  isSecret: boolean;
  /** Undefined if .env.example alone describes it. */
  description: string | undefined;
}

/** All settings, and those of gateways and providers that are set. @param settings without errors */
export function listEffective(
  settings: Settings,
  env: Environment,
  groups: readonly GroupReading[],
): readonly EffectiveSetting[] {
  const fixed = SETTING_NAMES.map((name) => showSetting(name, SETTINGS[name], settings[name], env));
  const ofGroups = groups.flatMap(({ group, prefix, values }) =>
    Object.entries(group.settings)
      .map(([setting, schema]) => showSetting(variableName(prefix, setting), schema, values[setting], env))
      .filter(({ isSet }) => isSet),
  );
  // Gateways of one company share variables.
  return [...new Map([...fixed, ...ofGroups].map((setting) => [setting.name, setting])).values()];
}

function showSetting(name: string, schema: z.ZodType, value: unknown, env: Environment): EffectiveSetting {
  const given = readText(env, name);
  const text = given ?? findDefault(schema);
  const display = findDisplay(schema);
  return {
    name,
    value: (text && display?.(value, text)) || undefined,
    isSet: given !== undefined,
    isSecret: display === undefined,
    description: schema.description,
  };
}
