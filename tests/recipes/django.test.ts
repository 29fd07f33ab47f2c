import { fileURLToPath } from 'node:url';
import { writeDocsBlocks } from '../support/docs.ts';
import { findLanguage, missingLanguage } from '../support/other-languages.ts';
import { freePort } from '../support/ports.ts';
import { startRecipe } from '../support/recipe-program.ts';
import { describeResourceServer } from '../support/resource-server.ts';

const SERVE = fileURLToPath(new URL('../support/django/serve.py', import.meta.url));

describeResourceServer('the Django recipe, with SimpleJWT', {
  missing: () => missingLanguage('django'),
  async start(issuer) {
    const port = await freePort();
    const directory = writeDocsBlocks('resource-server.md', ['settings.py', 'latchkey.py', 'views.py'], {
      'https://auth.example.com': issuer.url,
    });
    return startRecipe(String(findLanguage('django')), ['-B', SERVE, directory, String(port)], port);
  },
});
