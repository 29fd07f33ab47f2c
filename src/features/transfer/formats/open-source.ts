import { type DefaultColumns, MAPPED_FIELDS, OWN_COLUMNS } from '../columns.ts';
import type { FirebaseHashConfig } from '../presets/firebase.ts';
import type { Prepare } from '../presets/preset.ts';
import { choosePreset } from '../presets/registry.ts';
import { type ColumnMap, MAPPED_ONLY, type OpenFile, type RowSource, UnreadableFile } from '../rows.ts';
import { decodeText, peek } from '../text/decoding.ts';
import { findOtherJson } from '../text/json-kinds.ts';
import { beginsJson } from '../text/preamble.ts';
import { accountSource } from './accounts.ts';
import { csvEntries } from './csv.ts';
import { djangoDump } from './django.ts';
import type { ImportFormat, PresetName } from './formats.ts';
import { jsonEntries } from './json.ts';

export interface SourceOptions {
  format: ImportFormat;
  columns: ColumnMap;
  /** Django: app.model; by default the only user model in the file. */
  model?: string | undefined;
  /** CSV: one ASCII character; by default the one that the header has most often. */
  delimiter?: string | undefined;
  firebaseHashConfig?: FirebaseHashConfig | undefined;
  now: Date;
}

/** The rows of a file. Reads UTF-8, UTF-16 and gzip. */
export function openSource(
  file: OpenFile,
  { format, columns, model, delimiter, ...options }: SourceOptions,
): RowSource {
  const open = decodeText(file);
  if (format === 'django') return djangoDump(refuseOtherJson(open, 'a Django dump'), { columns, model });
  if (format === 'csv') return csvSource(refuseOtherJson(open, 'CSV'), columns, delimiter);
  if (format === 'jsonl') return jsonSource(open, { map: columns, defaults: OWN_COLUMNS, prepare: unchanged });
  return presetSource(open, format, { columns, delimiter, ...options });
}

/** Throws UnreadableFile if the file is other JSON than expected. */
const refuseOtherJson = (open: OpenFile, expected: 'a Django dump' | 'CSV'): OpenFile =>
  async function* () {
    const [head, all] = await peek(open());
    const advice = findOtherJson(head, expected);
    if (advice) throw new UnreadableFile(advice);
    yield* all;
  };

const unchanged: Prepare = (record) => record;

const csvSource = (open: OpenFile, map: ColumnMap, delimiter: string | undefined): RowSource =>
  accountSource({
    map,
    defaults: OWN_COLUMNS,
    prepare: unchanged,
    isSheet: true,
    entries: ({ onHeader }) => csvEntries(open, { delimiter, onHeader }),
  });

interface JsonOptions {
  map: ColumnMap;
  defaults: DefaultColumns;
  prepare: Prepare;
  expectsPasswords?: boolean;
  lists?: readonly string[];
  separate?: readonly string[];
}

const jsonSource = (open: OpenFile, { lists = [], separate = [], ...options }: JsonOptions): RowSource =>
  accountSource({
    ...options,
    isSheet: false,
    entries: ({ onSkipped }) => jsonEntries(open, { lists, separate, onSkipped }),
  });

/** The columns of a preset, and then our own names, unless they are MAPPED_ONLY: another system's roles have other rights. */
const withOwnColumns = (columns: DefaultColumns): DefaultColumns =>
  Object.fromEntries(
    MAPPED_FIELDS.map((field) => [
      field,
      [...new Set([...(columns[field] ?? []), ...(field === 'id' || MAPPED_ONLY.has(field) ? [] : [field])])],
    ]),
  );

/** JSON or CSV, whichever the file is. */
function presetSource(
  open: OpenFile,
  name: PresetName,
  { columns: map, delimiter, firebaseHashConfig, now }: Omit<SourceOptions, 'format' | 'model'>,
): RowSource {
  const preset = choosePreset(name, firebaseHashConfig, now);
  const { columns, lists, separate, prepare = unchanged, impliedHeader } = preset;
  const options = { map, defaults: withOwnColumns(columns), prepare, expectsPasswords: !preset.hasNoPasswords };
  const json = jsonSource(open, { ...options, ...(lists && { lists }), ...(separate && { separate }) });
  const csv = accountSource({
    ...options,
    isSheet: true,
    entries: ({ onHeader }) => csvEntries(open, { delimiter, impliedHeader, onHeader }),
  });
  return {
    async *read() {
      const [head, rest] = await peek(open());
      await rest.return(undefined);
      yield* (beginsJson(head) ? json : csv).read();
    },
  };
}
