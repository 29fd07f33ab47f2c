import type { PluralForms } from '../../../shared/words.ts';

/** Words about the settings of the server. */
export interface SettingWords {
  about: string;
  /** `{version}` is replaced. */
  version: string;
  documentation: string;
  search: string;
  onlySet: string;
  found: PluralForms;
  toSection: string;
  none: string;
  isSet: string;
  isNotSet: string;
  isDefault: string;
  secret: string;
  noValue: string;
  /** By the titles of docs/settings.md. */
  sections: Readonly<Record<string, string>>;
  extensions: string;
}

const words: SettingWords = {
  about:
    'The settings of this server as it runs now. They are changed in its environment and need a restart. Secrets are never shown.',
  version: 'Version {version}',
  documentation: 'Documentation',
  search: 'Search settings',
  onlySet: 'Only what is set',
  found: { one: '# setting', other: '# settings' },
  toSection: 'Go to a section',
  none: 'No setting matches.',
  isSet: 'Set',
  isNotSet: 'Not set',
  isDefault: 'Default',
  secret: 'Secret',
  noValue: 'No value',
  sections: {},
  extensions: 'Extensions',
};
export default words;
