import { useFormat } from '../../shared/format.ts';

/** A moment: `5 minutes ago`, or with its date. The exact time is a tooltip. */
export function Time({ at, isExact = false }: { readonly at: string; readonly isExact?: boolean }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={at}>
      {isExact ? format.time(at) : format.ago(at)}
    </time>
  );
}
