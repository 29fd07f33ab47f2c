import type { z } from 'zod';
import { isPrivate } from '../core/hosts.ts';
import { type SettingGroup, variableName } from '../core/settings/setting-group.ts';
import { type Environment, readText } from './environment.ts';

/** The value of a variable, or why it has none. An error names the variable and never quotes its text. */
export function readSetting(name: string, setting: z.ZodType, env: Environment): { value: unknown; errors: string[] } {
  const text = readText(env, name);
  const parsed = setting.safeParse(text);
  if (parsed.success) return { value: parsed.data, errors: [] };
  // An invalid value counts as unset, so that the errors of all settings are reported at once.
  const value = setting.safeParse(undefined).data;
  return { value, errors: text === undefined ? [] : [`${name} ${explain(parsed.error)}`] };
}

function explain({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'is not valid';
  return issue.path.length === 0 ? issue.message : `${issue.message} (each entry of the comma-separated list)`;
}

/** A group of settings as read from the environment. */
export interface GroupReading {
  group: SettingGroup;
  prefix: string;
  values: Record<string, unknown>;
  /** Variables that are set. */
  set: string[];
  /** Required variables. */
  required: string[];
  errors: string[];
}

/** @param prefix the prefix for one named instance of the group, such as OIDC_KEYCLOAK */
export function readGroup(group: SettingGroup, env: Environment, prefix = group.prefix): GroupReading {
  const reading: GroupReading = { group, prefix, values: {}, set: [], required: [], errors: [] };
  for (const [setting, schema] of Object.entries(group.settings)) {
    const name = variableName(prefix, setting);
    const { value, errors } = readSetting(name, schema, env);
    reading.values[setting] = value;
    reading.errors.push(...errors);
    if (readText(env, name) !== undefined) reading.set.push(name);
    if (!schema.safeParse(undefined).success) reading.required.push(name);
  }
  return reading;
}

/**
 * Lists what is missing or contradictory in a group that is in use.
 * @param cause the setting that makes the others required
 */
export function findGroupErrors({ group, prefix, ...reading }: GroupReading, cause: string, isProduction: boolean) {
  const { secretsSentTo = '' } = group;
  const variable = (setting: string) => variableName(prefix, setting);
  const isSet = (setting: string) => reading.set.includes(variable(setting));
  const missing = reading.required.filter((name) => !reading.set.includes(name));
  const url = reading.values[secretsSentTo];
  return [
    ...missing.map((name) => `${name} is required with ${cause}`),
    ...(group.check?.({ isSet, variable }) ?? []),
    ...(isProduction && typeof url === 'string' && !isPrivate(url)
      ? [`${variable(secretsSentTo)} must be https in production`]
      : []),
  ];
}
