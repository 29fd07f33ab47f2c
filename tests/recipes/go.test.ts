import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocsBlocks } from '../support/docs.ts';
import { findLanguage, GOLANG_JWT, missingLanguage } from '../support/other-languages.ts';
import { freePort } from '../support/ports.ts';
import { startRecipe } from '../support/recipe-program.ts';
import { describeResourceServer } from '../support/resource-server.ts';
import { temporaryDirectory } from '../support/server-process.ts';

describeResourceServer('the Go recipe, with golang-jwt', {
  missing: () => missingLanguage('go'),
  async start(issuer) {
    const port = await freePort();
    const directory = writeDocsBlocks('resource-server.md', ['main.go'], {
      'https://auth.example.com': issuer.url,
      '8000': String(port),
    });
    const module = 'github.com/golang-jwt/jwt/v4';
    writeFileSync(
      join(directory, 'go.mod'),
      `module example\n\ngo 1.19\n\nrequire ${module} v4.4.3\n\nreplace ${module} => ${GOLANG_JWT}\n`,
    );
    const home = temporaryDirectory('go');
    const env = { PATH: process.env.PATH, HOME: home, GOFLAGS: '-mod=mod', GOPROXY: 'off', CGO_ENABLED: '0' };
    execFileSync(String(findLanguage('go')), ['build', '-o', 'api', '.'], { cwd: directory, env, stdio: 'pipe' });
    return startRecipe(join(directory, 'api'), [], port);
  },
});
