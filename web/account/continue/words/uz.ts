import type { ContinueWords } from './en.ts';

const words: ContinueWords = {
  title: 'Siz allaqachon kirgansiz',
  signedInAs: 'Siz {account} sifatida kirgansiz. Sizni bu yerga yuborgan ilova buni sezmadi.',
  continue: 'Davom etish',
  otherAccount: 'Boshqa hisob bilan kirish',
};
export default words;
