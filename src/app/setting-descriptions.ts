import { readFileSync } from 'node:fs';
import { readExample } from '../config/example-sections.ts';
import type { EffectiveSetting } from '../config.ts';

const EXAMPLE = new URL('../../.env.example', import.meta.url);

/** What .env.example says about a setting. */
export interface SettingDescription {
  /** The title of its section. Undefined for those of extensions. */
  section: string | undefined;
  /** What it does. */
  text: string;
}

/** The file is read at the first call. */
export function createDescriptions(): (setting: EffectiveSetting) => SettingDescription {
  let entries: readonly Entry[] | undefined;
  return ({ name, description }) => {
    entries ??= readEntries();
    const entry = entries.find(({ names }) => names.test(name));
    return { section: entry?.section, text: description ?? entry?.text ?? '' };
  };
}

interface Entry extends SettingDescription {
  names: RegExp;
}

const readEntries = (): readonly Entry[] =>
  readExample(readFileSync(EXAMPLE, 'utf8')).sections.flatMap(({ title, parts }) =>
    parts.flatMap(({ name, text }) => (name ? [{ names: matcherOf(name), section: title, text }] : [])),
  );

/** OIDC_<NAME>_ISSUER stands for the names of all operators. */
const matcherOf = (name: string): RegExp => new RegExp(`^${name.replace('<NAME>', '\\w+')}$`);
