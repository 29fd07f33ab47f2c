import type { AccountWords } from './en.ts';

const words: AccountWords = {
  signIn: 'Вход',
  signUp: 'Регистрация',
  forgotPassword: 'Новый пароль',
  returnRefused: 'Страница, с которой вы пришли, неизвестна этому сервису, поэтому вернуться на неё по ссылке нельзя.',
  support: 'Нужна помощь? {contact}',
  deleted: 'Учётная запись удалена. Спасибо, что были с нами.',
  backToApp: 'Вернуться в приложение',
};
export default words;
