import type { Locale } from '../../core/locale.ts';
import { type ChangeEmailOutcome, COMMON_OUTCOMES, type LinkWords } from './words.ts';

type Words = LinkWords<ChangeEmailOutcome>;

const en: Words = {
  title: 'Confirm your new email address',
  question:
    'Press the button to use this email address for your account at {site}. It becomes the address of an existing account. If you did not ask for this, another person may have set up that account.',
  button: 'Confirm this address',
  caution: 'Didn’t ask for this? Close this page, and nothing will change.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    CHANGED: [
      'Your email address was changed',
      'From now on, sign in with the new address. We sent a notice to the old one.',
    ],
    EMAIL_TAKEN: ['This address is already in use', 'Another account has it. Your account keeps its old address.'],
  },
};

const ru: Words = {
  title: 'Подтвердите новый адрес почты',
  question:
    'Нажмите кнопку, чтобы использовать этот адрес для своей учётной записи в сервисе {site}. Он станет адресом существующей учётной записи. Если вы этого не запрашивали, её мог создать другой человек.',
  button: 'Подтвердить адрес',
  caution: 'Вы этого не запрашивали? Закройте страницу: ничего не изменится.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    CHANGED: ['Адрес почты изменён', 'Теперь входите с новым адресом. На прежний отправлено уведомление.'],
    EMAIL_TAKEN: [
      'Этот адрес уже используется',
      'Он принадлежит другой учётной записи. У вашей остаётся прежний адрес.',
    ],
  },
};

const uz: Words = {
  title: 'Yangi email manzilingizni tasdiqlang',
  question:
    '{site} xizmatidagi hisobingizda shu manzildan foydalanish uchun tugmani bosing. U mavjud hisobning manziliga aylanadi. Agar buni siz soʻramagan boʻlsangiz, hisobni boshqa odam yaratgan boʻlishi mumkin.',
  button: 'Manzilni tasdiqlash',
  caution: 'Buni siz soʻramaganmisiz? Sahifani yoping: hech narsa oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    CHANGED: ['Email manzilingiz oʻzgartirildi', 'Endi yangi manzil bilan kiring. Eski manzilga xabar yuborildi.'],
    EMAIL_TAKEN: ['Bu manzil band', 'U boshqa hisobga tegishli. Hisobingizda eski manzil qoladi.'],
  },
};

export const CHANGE_EMAIL_WORDS: Record<Locale, Words> = { en, ru, uz };
