import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type VerifyEmailOutcome } from './words.ts';

interface Words extends LinkWords<VerifyEmailOutcome> {
  /** Label of the field for the password, which is shown if the link alone would remove the password. */
  label: string;
  hint: string;
  wrongPassword: string;
}

const en: Words = {
  title: 'Confirm your email address',
  question:
    'Press the button to confirm your email address for {site}. If you have no account yet, this creates one with this address and with the password that was chosen at sign-up.',
  button: 'Confirm this address',
  caution: 'Didn’t sign up or ask for this message? Close this page.',
  label: 'Your password',
  hint: 'Enter it to keep your account as it is. If you leave it empty, we remove the password and everything that was added to the account so far, because another person may have signed up with your address.',
  wrongPassword: 'This password is wrong. Try again, or leave the field empty.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    VERIFIED: ['Your email address is confirmed', 'Go back to the app and sign in.'],
    VERIFIED_WITHOUT_PASSWORD: [
      'Your email address is confirmed',
      'The earlier password no longer works. We have sent you a link for choosing a new one.',
    ],
    ALREADY_USED: ['This link has already been used', 'If you confirmed the address, go back to the app and sign in.'],
    ACCOUNT_DISABLED: ['This account is deactivated', 'Ask an administrator to reactivate it.'],
  },
};

const ru: Words = {
  title: 'Подтвердите адрес почты',
  question:
    'Нажмите кнопку, чтобы подтвердить свой адрес почты в сервисе {site}. Если учётной записи ещё нет, будет создана новая: с этим адресом и с паролем, выбранным при регистрации.',
  button: 'Подтвердить адрес',
  caution: 'Вы не регистрировались и не запрашивали это сообщение? Закройте страницу.',
  label: 'Ваш пароль',
  hint: 'Введите его, чтобы сохранить учётную запись как есть. Если оставить поле пустым, мы удалим пароль и всё, что было добавлено в учётную запись: с вашим адресом мог зарегистрироваться другой человек.',
  wrongPassword: 'Пароль неверный. Попробуйте ещё раз или оставьте поле пустым.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    VERIFIED: ['Адрес почты подтверждён', 'Вернитесь в приложение и войдите.'],
    VERIFIED_WITHOUT_PASSWORD: [
      'Адрес почты подтверждён',
      'Прежний пароль больше не действует. Мы отправили вам ссылку, по которой можно задать новый.',
    ],
    ALREADY_USED: ['Эта ссылка уже использована', 'Если адрес подтвердили вы, вернитесь в приложение и войдите.'],
    ACCOUNT_DISABLED: ['Эта учётная запись отключена', 'Попросите администратора включить её.'],
  },
};

const uz: Words = {
  title: 'Email manzilingizni tasdiqlang',
  question:
    '{site} xizmatidagi email manzilingizni tasdiqlash uchun tugmani bosing. Hisobingiz hali boʻlmasa, shu manzil va roʻyxatdan oʻtishda tanlangan parol bilan yangi hisob yaratiladi.',
  button: 'Manzilni tasdiqlash',
  caution: 'Roʻyxatdan oʻtmagan yoki bu xabarni soʻramaganmisiz? Sahifani yoping.',
  label: 'Parolingiz',
  hint: 'Hisobingizni shu holicha saqlash uchun uni kiriting. Maydonni boʻsh qoldirsangiz, parol va hisobga shu paytgacha qoʻshilgan hamma narsa oʻchiriladi: manzilingiz bilan boshqa odam roʻyxatdan oʻtgan boʻlishi mumkin.',
  wrongPassword: 'Parol notoʻgʻri. Qayta urinib koʻring yoki maydonni boʻsh qoldiring.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    VERIFIED: ['Email manzilingiz tasdiqlandi', 'Ilovaga qayting va kiring.'],
    VERIFIED_WITHOUT_PASSWORD: [
      'Email manzilingiz tasdiqlandi',
      'Avvalgi parol endi ishlamaydi. Yangisini oʻrnatish uchun sizga havola yubordik.',
    ],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar manzilni siz tasdiqlagan boʻlsangiz, ilovaga qayting va kiring.',
    ],
    ACCOUNT_DISABLED: ['Bu hisob oʻchirib qoʻyilgan', 'Administratordan uni yoqishni soʻrang.'],
  },
};

export const VERIFY_EMAIL_WORDS: Record<Locale, Words> = { en, ru, uz };
