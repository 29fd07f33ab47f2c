import type { SignedInWords } from './en.ts';

const words: SignedInWords = {
  navigation: 'Ваша учётная запись',
  profile: 'Профиль',
  security: 'Безопасность',
  devices: 'Устройства',
  activity: 'Действия',
  console: 'Консоль',
  signOut: 'Выйти',
  linking: 'Подключаем способ входа…',
  linked: 'Способ входа подключён. Теперь вы можете им пользоваться.',
  linkCancelled: 'Действие отменено, ничего не подключено.',
  linkNotStarted:
    'Это действие начато в другой вкладке или уже завершено. Если способа входа нет в списке, начните заново.',
  toSecurity: 'Назад к разделу «Безопасность»',
};
export default words;
