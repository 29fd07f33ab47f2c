import { useUser } from '@latchkey/client/react';
import { Download, Printer } from 'lucide-react';
import { pageData } from '../../../shared/page-data.ts';
import { saveFile } from '../../../shared/save-file.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { fill } from '../../../shared/words.ts';
import { useSecurityWords } from './words.ts';

/** Shows recovery codes, once. They can be copied, printed and saved to a file. */
export function SaveCodes({ codes, onClose }: { readonly codes: readonly string[]; onClose(): void }) {
  const words = useSecurityWords();
  const user = useUser();
  const product = pageData.product.name;
  const title = fill(words.codesFor, { account: user?.email ?? user?.phone ?? '', product });
  const file = `${product} - ${words.recoveryCodes}.txt`;
  const text = [title, '', ...codes, ''].join('\n');
  return (
    <Dialog title={words.saveCodes} description={<p>{words.saveCodesHint}</p>} onClose={onClose}>
      <div className="printed">
        <p className="only-printed">{title}</p>
        <ul className="codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="actions">
        <CopyButton text={text} />
        <Button onClick={() => window.print()}>
          <Printer aria-hidden size={18} />
          {words.print}
        </Button>
        <Button onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), file)}>
          <Download aria-hidden size={18} />
          {words.download}
        </Button>
      </div>
      <div className="actions">
        <Button look="primary" onClick={onClose}>
          {words.codesSaved}
        </Button>
      </div>
    </Dialog>
  );
}
