import type { ActivityWords } from './en.ts';

const words: ActivityWords = {
  introduction:
    'Что происходило с вашей учётной записью. Если это были не вы, смените пароль и выйдите на других устройствах.',
  none: 'Пока ничего не происходило.',
  more: 'Показать ещё',
  byAdministrator: 'Администратором',
  times: { one: '# раз', few: '# раза', many: '# раз', other: '# раза' },
};
export default words;
