import { createLatchkey, type Latchkey } from '@latchkey/client';

declare global {
  interface Window {
    latchkey: Latchkey;
  }
}

/** The URL of the service. */
declare const API: string;

// A page that has the client as `latchkey`, a field for autofill, and the state of the session as its title.
document.body.append(Object.assign(document.createElement('input'), { autocomplete: 'username webauthn' }));
window.latchkey = createLatchkey({ url: API });
document.title = 'loading';
window.latchkey.onChange(({ status }) => {
  document.title = status;
});
