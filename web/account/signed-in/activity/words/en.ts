import type { PluralForms } from '../../../../shared/words.ts';

export interface ActivityWords {
  introduction: string;
  none: string;
  more: string;
  byAdministrator: string;
  times: PluralForms;
}

const words: ActivityWords = {
  introduction:
    'What has happened in your account. If it was not you, change your password and sign out other devices.',
  none: 'Nothing has happened yet.',
  more: 'Show more',
  byAdministrator: 'By an administrator',
  times: { one: 'Once', other: '# times' },
};
export default words;
