import { readFileSync } from 'node:fs';
import { readExample } from '../config/example-sections.ts';
import type { EffectiveSetting } from '../config.ts';

const EXAMPLE = new URL('../../.env.example', import.meta.url);

/** What a setting does, as .env.example says it. The file is read at the first call. */
export function createDescriptions(): (setting: EffectiveSetting) => string {
  let texts: ReadonlyMap<string, string> | undefined;
  return ({ name, description }) => {
    texts ??= readDescriptions();
    return description ?? texts.get(name) ?? '';
  };
}

const readDescriptions = (): ReadonlyMap<string, string> =>
  new Map(
    readExample(readFileSync(EXAMPLE, 'utf8')).sections.flatMap(({ parts }) =>
      parts.flatMap(({ name, text }) => (name ? [[name, text] as const] : [])),
    ),
  );
