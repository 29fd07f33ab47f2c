import { ApolloProvider } from '@apollo/client/react';
import { LatchkeyProvider } from '@latchkey/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { client, latchkey } from './latchkey';
import '../../shared/page.css';

const element = document.getElementById('app');
if (element)
  createRoot(element).render(
    <StrictMode>
      <LatchkeyProvider latchkey={latchkey}>
        <ApolloProvider client={client}>
          <App />
        </ApolloProvider>
      </LatchkeyProvider>
    </StrictMode>,
  );
