import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { saveFile } from '../../../shared/save-file.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { type CsvRequest, exportCsv } from './csv.ts';
import { useUserListWords } from './words.ts';

interface ExportProps extends Pick<CsvRequest, 'columns' | 'variables'> {
  /** How many users there are, about. */
  readonly all: number | undefined;
}

/** Downloads the users of the list, with progress. */
export function ExportButton({ columns, variables, all }: ExportProps) {
  const words = useUserListWords();
  const { number } = useFormat();
  const [done, setDone] = useState<number>();
  const [hasFailed, setFailed] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function start() {
    const controller = new AbortController();
    running.current = controller;
    setFailed(false);
    setDone(0);
    try {
      const file = await exportCsv({ columns, variables, signal: controller.signal, onProgress: setDone });
      if (file) saveFile(file, `users-${new Date().toISOString().slice(0, 10)}.csv`);
    } catch {
      setFailed(true);
    }
    setDone(undefined);
  }
  if (done === undefined)
    return (
      <>
        <Button look="quiet" onClick={() => void start()}>
          <Download size={18} aria-hidden />
          {words.exportCsv}
        </Button>
        {hasFailed && <Notice look="bad">{words.exportFailed}</Notice>}
      </>
    );
  return (
    <span className="progress">
      <progress max={all || undefined} value={all ? Math.min(done, all) : undefined} aria-label={words.exportCsv} />
      <span className="number">
        {words.exporting.replace('{done}', number(done)).replace('{all}', all === undefined ? '…' : number(all))}
      </span>
      <Button look="quiet" onClick={() => running.current?.abort()}>
        {words.stop}
      </Button>
    </span>
  );
}
