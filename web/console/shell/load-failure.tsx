import { LatchkeyError } from '@latchkey/client';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { useShellWords } from './words.ts';

/** What is shown in place of data that could not be loaded. */
export function LoadFailure({ error, retry }: { readonly error: unknown; retry(): void }) {
  const { failure } = useShellWords();
  const code = error instanceof LatchkeyError ? error.code : '';
  const text =
    code === 'UNAVAILABLE' || code === 'RATE_LIMITED' || code === 'FORBIDDEN' ? failure[code] : failure.other;
  return (
    <Notice look="bad">
      <p>{text}</p>
      <Button onClick={() => retry()}>{failure.retry}</Button>
    </Notice>
  );
}
