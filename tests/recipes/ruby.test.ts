import { join } from 'node:path';
import { writeDocsBlocks } from '../support/docs.ts';
import { findLanguage, missingLanguage } from '../support/other-languages.ts';
import { freePort } from '../support/ports.ts';
import { startRecipe } from '../support/recipe-program.ts';
import { describeResourceServer } from '../support/resource-server.ts';

/** `rackup`, whose place depends on the version of Rack. */
const RACKUP =
  'require "rack"; app = Array(Rack::Builder.parse_file(ARGV[0])).first; ' +
  'begin; require "rackup"; rescue LoadError; Rackup = Rack; end; ' +
  'Rackup::Handler::WEBrick.run(app, Host: "127.0.0.1", Port: ARGV[1].to_i)';

describeResourceServer('the Ruby recipe, with the gem jwt', {
  missing: () => missingLanguage('ruby'),
  async start(issuer) {
    const port = await freePort();
    const directory = writeDocsBlocks('resource-server.md', ['config.ru'], { 'https://auth.example.com': issuer.url });
    return startRecipe(String(findLanguage('ruby')), ['-e', RACKUP, join(directory, 'config.ru'), String(port)], port);
  },
});
