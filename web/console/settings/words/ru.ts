import type { SettingWords } from './en.ts';

const words: SettingWords = {
  about:
    'Настройки этого сервера, с которыми он сейчас работает. Они меняются в его окружении и требуют перезапуска. Секреты не показываются никогда.',
  version: 'Версия {version}',
  documentation: 'Документация',
  search: 'Поиск по настройкам',
  onlySet: 'Только заданные',
  found: { one: '# настройка', few: '# настройки', many: '# настроек', other: '# настройки' },
  toSection: 'Перейти к разделу',
  none: 'Ничего не найдено.',
  isSet: 'Задано',
  isNotSet: 'Не задано',
  isDefault: 'По умолчанию',
  secret: 'Секрет',
  noValue: 'Нет значения',
  sections: {
    Server: 'Сервер',
    Storage: 'Хранение данных',
    'Secrets and tokens': 'Секреты и токены',
    'Sign-up and codes': 'Регистрация и коды',
    Passwords: 'Пароли',
    Passkeys: 'Ключи доступа',
    Product: 'Продукт',
    Email: 'Почта',
    'Text messages': 'SMS',
    'SMS gateways': 'SMS-шлюзы',
    Webhooks: 'Вебхуки',
    'Social sign-in': 'Вход через социальные сети',
    'Social providers': 'Провайдеры входа',
  },
  extensions: 'Расширения',
};
export default words;
