import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type SignInOutcome } from './words.ts';

interface Words extends LinkWords<SignInOutcome> {
  /** `{address}`: the masked address. */
  question: string;
  /** If the address has no account. */
  newAccount: { question: string; button: string };
  /** The form that asks for a code of an authenticator app or for recovery. */
  secondFactor: Omit<LinkWords<never>, 'outcomes'> & { label: string; hint: string; wrongCode: string };
}

const en: Words = {
  title: 'Sign in',
  question:
    'Press the button to sign in to {site} as {address} in this browser. To sign in elsewhere, enter the code from the message there.',
  button: 'Sign in',
  newAccount: {
    question:
      '{address} has no account at {site} yet. Press the button to create one. You will then be signed in, in this browser.',
    button: 'Create account and sign in',
  },
  caution: 'If this is not your address, or you did not ask for this, close this page. Nothing will happen.',
  secondFactor: {
    title: 'One more step',
    question: 'Your account at {site} also requires a second factor.',
    button: 'Sign in',
    caution: 'Lost your device? Enter one of your recovery codes.',
    label: 'Code from your authenticator app, or a recovery code',
    hint: 'If you have a passkey or a security key, you can also go back to the app and sign in with it there.',
    wrongCode: 'This code is wrong or was used before. Try the next one.',
  },
  outcomes: {
    ...COMMON_OUTCOMES.en,
    SIGNED_IN: ['You are signed in', 'Go back to the app in this browser. If it is already open, reload it.'],
    SIGNED_UP: [
      'Your account was created',
      'You are signed in. Go back to the app in this browser. If it is already open, reload it.',
    ],
    IN_THE_APP: [
      'Your account needs a second factor',
      'Go back to the app and sign in there. It will ask for your passkey or security key.',
    ],
    ALREADY_USED: [
      'This link has already been used',
      'If you used it in this browser, you are signed in: go back to the app. If not, request a new link there.',
    ],
    ACCOUNT_DISABLED: ['This account is deactivated', 'Ask an administrator to reactivate it.'],
  },
};

const ru: Words = {
  title: 'Вход',
  question:
    'Нажмите кнопку, чтобы войти в сервис {site} в этом браузере с адресом {address}. Чтобы войти в другом месте, введите там код из сообщения.',
  button: 'Войти',
  newAccount: {
    question:
      'Для адреса {address} ещё нет учётной записи в сервисе {site}. Нажмите кнопку, чтобы создать её. Затем вы войдёте в этом браузере.',
    button: 'Создать учётную запись и войти',
  },
  caution: 'Это не ваш адрес или вы этого не запрашивали? Закройте страницу: ничего не произойдёт.',
  secondFactor: {
    title: 'Ещё один шаг',
    question: 'Для вашей учётной записи в сервисе {site} нужен второй фактор.',
    button: 'Войти',
    caution: 'Потеряли устройство? Введите один из резервных кодов.',
    label: 'Код из приложения-аутентификатора или резервный код',
    hint: 'Если у вас есть ключ доступа или ключ безопасности, можно вернуться в приложение и войти с ним.',
    wrongCode: 'Код неверный или уже использован. Введите следующий.',
  },
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    SIGNED_IN: ['Вы вошли', 'Вернитесь в приложение в этом браузере. Если оно уже открыто, обновите страницу.'],
    SIGNED_UP: [
      'Учётная запись создана',
      'Вы вошли. Вернитесь в приложение в этом браузере. Если оно уже открыто, обновите страницу.',
    ],
    IN_THE_APP: [
      'Для входа нужен второй фактор',
      'Вернитесь в приложение и войдите там: оно запросит ключ доступа или ключ безопасности.',
    ],
    ALREADY_USED: [
      'Эта ссылка уже использована',
      'Если вы открывали её в этом браузере, вы уже вошли: вернитесь в приложение. Если нет, запросите там новую ссылку.',
    ],
    ACCOUNT_DISABLED: ['Эта учётная запись отключена', 'Попросите администратора включить её.'],
  },
};

const uz: Words = {
  title: 'Kirish',
  question:
    '{site} xizmatiga shu brauzerda {address} manzili bilan kirish uchun tugmani bosing. Boshqa joyda kirish uchun xabardagi kodni oʻsha yerda kiriting.',
  button: 'Kirish',
  newAccount: {
    question:
      '{address} manzili bilan {site} xizmatida hali hisob yoʻq. Hisob ochish uchun tugmani bosing. Shundan soʻng shu brauzerda kirgan boʻlasiz.',
    button: 'Hisob ochish va kirish',
  },
  caution: 'Bu sizning manzilingiz emasmi yoki buni soʻramaganmisiz? Sahifani yoping: hech narsa boʻlmaydi.',
  secondFactor: {
    title: 'Yana bir qadam',
    question: '{site} xizmatidagi hisobingiz uchun ikkinchi omil ham kerak.',
    button: 'Kirish',
    caution: 'Qurilmangizni yoʻqotdingizmi? Zaxira kodlaringizdan birini kiriting.',
    label: 'Autentifikator ilovasidagi kod yoki zaxira kodi',
    hint: 'Kirish kalitingiz yoki xavfsizlik kalitingiz boʻlsa, ilovaga qaytib, oʻsha yerda u bilan kirishingiz ham mumkin.',
    wrongCode: 'Kod notoʻgʻri yoki avval ishlatilgan. Keyingisini kiriting.',
  },
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    SIGNED_IN: ['Siz kirdingiz', 'Shu brauzerdagi ilovaga qayting. Agar u ochiq boʻlsa, sahifani yangilang.'],
    SIGNED_UP: [
      'Hisobingiz ochildi',
      'Siz kirdingiz. Shu brauzerdagi ilovaga qayting. Agar u ochiq boʻlsa, sahifani yangilang.',
    ],
    IN_THE_APP: [
      'Kirish uchun ikkinchi omil kerak',
      'Ilovaga qayting va oʻsha yerda kiring: u kirish kalitingizni yoki xavfsizlik kalitingizni soʻraydi.',
    ],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar undan shu brauzerda foydalangan boʻlsangiz, siz kirgansiz: ilovaga qayting. Aks holda oʻsha yerda yangi havola soʻrang.',
    ],
    ACCOUNT_DISABLED: ['Bu hisob oʻchirib qoʻyilgan', 'Administratordan uni yoqishni soʻrang.'],
  },
};

export const SIGN_IN_WORDS: Record<Locale, Words> = { en, ru, uz };
