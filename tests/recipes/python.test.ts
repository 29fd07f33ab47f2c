import { join } from 'node:path';
import { writeDocsBlocks } from '../support/docs.ts';
import { findLanguage, missingLanguage } from '../support/other-languages.ts';
import { freePort } from '../support/ports.ts';
import { startRecipe } from '../support/recipe-program.ts';
import { describeResourceServer } from '../support/resource-server.ts';

describeResourceServer('the Python recipe, with PyJWT', {
  missing: () => missingLanguage('python'),
  async start(issuer) {
    const port = await freePort();
    const directory = writeDocsBlocks('resource-server.md', ['app.py'], {
      'https://auth.example.com': issuer.url,
      '8000': String(port),
    });
    return startRecipe(String(findLanguage('python')), ['-B', join(directory, 'app.py')], port);
  },
});
