import { Component, type ReactNode } from 'react';
import { currentLocale, type Locale } from '../locale.tsx';
import './notice.css';

const WORDS: Readonly<Record<Locale, readonly [text: string, button: string]>> = {
  en: ['Something went wrong on this page.', 'Load it again'],
  ru: ['На этой странице произошла ошибка.', 'Загрузить снова'],
  uz: ['Bu sahifada xatolik yuz berdi.', 'Qayta yuklash'],
};

/** What is left of a page whose script has failed, or could not be loaded. */
export class FailureBoundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override readonly state = { hasFailed: false };
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }
  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const [text, button] = WORDS[currentLocale()];
    return (
      <main className="narrow">
        <div className="notice bad" role="alert">
          <h1>{text}</h1>
          <button type="button" className="button plain" onClick={() => location.reload()}>
            {button}
          </button>
        </div>
      </main>
    );
  }
}
