import type { ShellWords } from './en.ts';

const words: ShellWords = {
  console: 'Boshqaruv paneli',
  pages: {
    overview: 'Umumiy koʻrinish',
    users: 'Foydalanuvchilar',
    activity: 'Hodisalar',
    deliveries: 'Xabarlar',
    keys: 'Kalitlar',
    settings: 'Sozlamalar',
  },
  navigation: 'Sahifalar',
  openMenu: 'Menyuni ochish',
  closeMenu: 'Menyuni yopish',
  account: 'Hisobingiz',
  signOut: 'Chiqish',
  reload: 'Qayta yuklash',
  roles: { STAFF: 'Xodim', ADMIN: 'Administrator' },
  noRole: {
    title: 'Boshqaruv paneliga ruxsat yoʻq',
    text: 'Siz {account} sifatida kirgansiz. Bu hisobning roli yoʻq, shuning uchun u boshqaruv panelidan foydalana olmaydi.',
    ask: 'Administratordan xodim yoki administrator rolini berishni soʻrang.',
    developer: 'Oʻz kompyuteringizda bu hisobni administrator qiling:',
    run: 'Bu buyruqni loyiha papkasida, boshqa terminalda bajaring. U yangi parol soʻraydi va hisobning barcha seanslarini tugatadi.',
    signInAgain: 'Keyin shu yerda oʻsha parol bilan kiring.',
  },
  secondFactor: {
    title: 'Ikkinchi omil kerak',
    text: 'Bu server boshqaruv panelini faqat ikkinchi omil bilan kirgan administratorlarga ochadi.',
    setUp: 'Ikkinchi omilni sozlash',
    next: 'Autentifikator ilovasini qoʻshing va bu sahifani qayta yuklang. Kirish kaliti yoki ilova allaqachon boʻlsa, chiqib, u bilan kiring.',
  },
  adminsOnly: { title: 'Faqat administratorlar uchun', text: 'Sizning rolingiz bu sahifaga ruxsat bermaydi.' },
  notFound: {
    title: 'Sahifa topilmadi',
    text: 'Bu manzilda sahifa yoʻq.',
    back: 'Foydalanuvchilarga oʻtish',
  },
};
export default words;
