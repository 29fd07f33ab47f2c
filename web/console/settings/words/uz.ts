import type { SettingWords } from './en.ts';

const words: SettingWords = {
  about:
    'Bu serverning hozir ishlayotgan sozlamalari. Ular server muhitida oʻzgartiriladi va qayta ishga tushirishni talab qiladi. Maxfiy qiymatlar hech qachon koʻrsatilmaydi.',
  version: 'Versiya {version}',
  documentation: 'Hujjatlar',
  search: 'Sozlamalardan qidirish',
  onlySet: 'Faqat berilganlari',
  found: { other: '# ta sozlama' },
  toSection: 'Boʻlimga oʻtish',
  none: 'Hech narsa topilmadi.',
  isSet: 'Berilgan',
  isNotSet: 'Berilmagan',
  isDefault: 'Odatiy qiymat',
  secret: 'Maxfiy',
  noValue: 'Qiymat yoʻq',
  sections: {
    Server: 'Server',
    Storage: 'Maʼlumotlarni saqlash',
    'Secrets and tokens': 'Maxfiy kalitlar va tokenlar',
    'Sign-up and codes': 'Roʻyxatdan oʻtish va kodlar',
    Passwords: 'Parollar',
    Passkeys: 'Kirish kalitlari',
    Product: 'Mahsulot',
    Email: 'Email',
    'Text messages': 'SMS xabarlar',
    'SMS gateways': 'SMS shlyuzlari',
    Webhooks: 'Vebhuklar',
    'Social sign-in': 'Ijtimoiy tarmoqlar orqali kirish',
    'Social providers': 'Kirish provayderlari',
  },
  extensions: 'Kengaytmalar',
};
export default words;
