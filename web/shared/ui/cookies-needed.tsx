import { currentLocale, type Locale } from '../locale.tsx';
import { Notice } from './notice.tsx';

const WORDS: Readonly<Record<Locale, readonly [heading: string, text: string]>> = {
  en: [
    'Your browser blocks cookies and site data here.',
    'Allow them for this site, then load the page again to sign in.',
  ],
  ru: [
    'Ваш браузер блокирует здесь файлы cookie и данные сайтов.',
    'Разрешите их для этого сайта и загрузите страницу снова, чтобы войти.',
  ],
  uz: [
    'Brauzeringiz bu yerda cookie fayllari va sayt maʼlumotlarini bloklaydi.',
    'Kirish uchun ularga shu sayt uchun ruxsat bering va sahifani qayta yuklang.',
  ],
};

/** In place of a form that would work for this page only. */
export default function CookiesNeeded() {
  const [heading, text] = WORDS[currentLocale()];
  return (
    <main className="narrow">
      <Notice look="bad">
        <h1>{heading}</h1>
        <p>{text}</p>
      </Notice>
    </main>
  );
}
