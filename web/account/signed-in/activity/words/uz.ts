import type { ActivityWords } from './en.ts';

const words: ActivityWords = {
  introduction:
    'Hisobingizda nimalar boʻlgan. Bu siz boʻlmasangiz, parolingizni oʻzgartiring va boshqa qurilmalardan chiqing.',
  none: 'Hozircha hech narsa boʻlmagan.',
  more: 'Yana koʻrsatish',
  byAdministrator: 'Administrator tomonidan',
  times: { other: '# marta' },
};
export default words;
