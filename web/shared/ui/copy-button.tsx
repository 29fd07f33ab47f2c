import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSharedWords } from '../shared-words.ts';
import { Button } from './button.tsx';

/** Copies a text. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const words = useSharedWords();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 3000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Browsers have no clipboard for pages without https.
  if (!navigator.clipboard) return null;
  const Icon = isCopied ? Check : Copy;
  return (
    <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <Icon aria-hidden size={18} />
      <span aria-live="polite">{isCopied ? words.copied : (label ?? words.copy)}</span>
    </Button>
  );
}
