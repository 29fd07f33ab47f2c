import { type Locale, useLocale } from '../locale.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';
import { Starting } from './starting.tsx';

/** Here, because a file of words might not arrive either. */
const WORDS: Readonly<Record<Locale, readonly [heading: string, text: string]>> = {
  en: ['The service does not respond at the moment.', 'This page tries again by itself.'],
  ru: ['Сервис сейчас не отвечает.', 'Страница сама попробует ещё раз.'],
  uz: ['Xizmat hozir javob bermayapti.', 'Sahifa oʻzi qayta urinib koʻradi.'],
};

/** Until it is known who is signed in. */
export function Connecting({ hasFailed }: { readonly hasFailed: boolean }) {
  const { locale } = useLocale();
  if (!hasFailed) return <Starting />;
  const [heading, text] = WORDS[locale];
  return (
    <main className="narrow">
      <Notice look="bad">
        <h1>{heading}</h1>
        <p>{text}</p>
      </Notice>
      <Loading />
    </main>
  );
}
