import type { AccountWords } from './en.ts';

const words: AccountWords = {
  signIn: 'Kirish',
  signUp: 'Roʻyxatdan oʻtish',
  forgotPassword: 'Yangi parol',
  returnRefused: 'Sizni bu yerga yuborgan sahifa bu xizmatga nomaʼlum, shuning uchun unga qaytish havolasi yoʻq.',
  support: 'Yordam kerakmi? {contact}',
  deleted: 'Hisobingiz oʻchirildi. Biz bilan boʻlganingiz uchun rahmat.',
  backToApp: 'Ilovaga qaytish',
};
export default words;
