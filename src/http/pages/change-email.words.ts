import type { Locale } from '../../core/locale.ts';
import { type ChangeEmailOutcome, COMMON_OUTCOMES, type LinkWords } from './words.ts';

type Words = LinkWords<ChangeEmailOutcome>;

const en: Words = {
  title: 'Confirm your new email address',
  question: 'Press the button to move your account at {site} to this address.',
  button: 'Confirm this address',
  caution: 'Did you not ask for this? Then close this page: nothing changes.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    CHANGED: ['Your email address is changed', 'From now on, sign in with the new address. The old one has been told.'],
    EMAIL_TAKEN: ['This address is taken', 'Another account has it by now. Your account keeps its old address.'],
  },
};

const ru: Words = {
  title: 'Подтвердите новый адрес почты',
  question: 'Нажмите кнопку, чтобы перевести свою учётную запись в сервисе {site} на этот адрес.',
  button: 'Подтвердить адрес',
  caution: 'Вы этого не запрашивали? Тогда закройте страницу: ничего не изменится.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    CHANGED: ['Адрес почты изменён', 'Теперь входите с новым адресом. На старый отправлено уведомление.'],
    EMAIL_TAKEN: ['Этот адрес занят', 'Теперь он принадлежит другой учётной записи. У вашей остаётся прежний адрес.'],
  },
};

const uz: Words = {
  title: 'Yangi email manzilingizni tasdiqlang',
  question: '{site} xizmatidagi hisobingizni shu manzilga oʻtkazish uchun tugmani bosing.',
  button: 'Manzilni tasdiqlash',
  caution: 'Buni siz soʻramadingizmi? Unda sahifani yoping: hech narsa oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    CHANGED: ['Email manzilingiz oʻzgartirildi', 'Endi yangi manzil bilan kiring. Eski manzilga xabar yuborildi.'],
    EMAIL_TAKEN: ['Bu manzil band', 'U endi boshqa hisobga tegishli. Hisobingizda eski manzil qoladi.'],
  },
};

export const CHANGE_EMAIL_WORDS: Record<Locale, Words> = { en, ru, uz };
