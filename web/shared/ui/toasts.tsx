import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocale } from '../locale.tsx';
import { useSharedWords } from '../shared-words.ts';
import './toasts.css';

const manager = Toast.createToastManager();

/** Says for some seconds what has been done. Screen readers read it. Problems belong to their form instead. */
export const announce = (text: string): void => void manager.add({ title: text, timeout: 6000 });

/** The same for what the user must not miss. @param text in the language of the pages, also if the user changes it */
export const announceUntilClosed = (text: ReactNode): void => void manager.add({ title: text, timeout: 0 });

/** Where the announcements appear. */
export const Toasts = ({ children }: { readonly children: ReactNode }) => (
  <Toast.Provider toastManager={manager}>
    {children}
    <Toast.Portal>
      <Viewport />
    </Toast.Portal>
  </Toast.Provider>
);

function Viewport() {
  const words = useSharedWords();
  const { toasts, close } = Toast.useToastManager();
  const { locale } = useLocale();
  const lastLocale = useRef(locale);
  useEffect(() => {
    if (locale === lastLocale.current) return;
    lastLocale.current = locale;
    // They are in the language that the user has left.
    for (const { id, timeout } of toasts) if (timeout) close(id);
  }, [locale, toasts, close]);
  return (
    <Toast.Viewport className="toasts" aria-label={words.announcements}>
      {toasts.map((toast) => (
        <Toast.Root key={toast.id} toast={toast} className="toast">
          <Toast.Title render={<p />} />
          <Toast.Close className="icon-button" aria-label={words.close}>
            <X aria-hidden size={18} />
          </Toast.Close>
        </Toast.Root>
      ))}
    </Toast.Viewport>
  );
}
