import { LatchkeyProvider } from '@latchkey/client/react';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { App } from './app';
import { clients, latchkey } from './latchkey';
import '../../shared/page.css';

function Root() {
  const client = useSyncExternalStore(clients.subscribe, clients.current);
  return (
    <LatchkeyProvider latchkey={latchkey}>
      <Provider value={client}>
        <App />
      </Provider>
    </LatchkeyProvider>
  );
}

const element = document.getElementById('app');
if (element)
  createRoot(element).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
