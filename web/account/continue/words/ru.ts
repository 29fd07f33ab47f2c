import type { ContinueWords } from './en.ts';

const words: ContinueWords = {
  title: 'Вы уже вошли',
  signedInAs: 'Вы вошли как {account}. Приложение, из которого вы пришли, этого не заметило.',
  continue: 'Продолжить',
  otherAccount: 'Войти с другой учётной записью',
};
export default words;
