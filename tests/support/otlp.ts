import type { ReceivedSpan } from './collector.ts';

// opentelemetry-proto, trace/v1/trace.proto: the fields that tests read.

type Value = { stringValue?: string; intValue?: string | number; doubleValue?: number };
type Attribute = { key: string; value: Value };

/** The spans of an ExportTraceServiceRequest. */
export const readTraces = (body: Buffer, isJson: boolean): ReceivedSpan[] =>
  isJson ? readJson(JSON.parse(body.toString())) : readProtobuf(body);

interface JsonRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Pick<ReceivedSpan, 'name' | 'traceId' | 'spanId' | 'kind'> & {
        parentSpanId?: string;
        traceState?: string;
        attributes: Attribute[];
        status: { code?: number };
      })[];
    }[];
  }[];
}

const readJson = ({ resourceSpans }: JsonRequest): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId = '', kind, attributes, status, traceState = '' }) => ({
        ...{ name, traceId, spanId, parentSpanId, kind, traceState },
        status: status.code ?? 0,
        attributes: toRecord(attributes),
        resource: toRecord(resource.attributes),
      })),
    ),
  );

const toRecord = (attributes: Attribute[]): Record<string, string | number> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]),
  );

type Fields = ReadonlyMap<number, (bigint | Buffer)[]>;

/** The fields of a message: varints as numbers, the others as bytes. */
function readFields(bytes: Buffer): Fields {
  const fields = new Map<number, (bigint | Buffer)[]>();
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const readBytes = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const wire = Number(tag & 7n);
    const field = Number(tag >> 3n);
    const lengths: Record<number, () => number> = { 1: () => 8, 2: () => Number(readVarint()), 5: () => 4 };
    const value = wire === 0 ? readVarint() : readBytes(lengths[wire]?.() ?? 0);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const bytesOf = (fields: Fields, field: number): Buffer[] =>
  (fields.get(field) ?? []).filter((value): value is Buffer => typeof value !== 'bigint');
const hexOf = (fields: Fields, field: number): string => bytesOf(fields, field)[0]?.toString('hex') ?? '';
const textOf = (fields: Fields, field: number): string => bytesOf(fields, field)[0]?.toString() ?? '';
const numberOf = (fields: Fields, field: number): number => Number(fields.get(field)?.[0] ?? 0);

const attributesOf = (fields: Fields, field: number): Record<string, string | number> =>
  Object.fromEntries(
    bytesOf(fields, field).map((attribute) => {
      const pair = readFields(attribute);
      const value = readFields(bytesOf(pair, 2)[0] ?? Buffer.alloc(0));
      return [textOf(pair, 1), value.has(1) ? textOf(value, 1) : numberOf(value, 3)];
    }),
  );

const readProtobuf = (body: Buffer): ReceivedSpan[] =>
  bytesOf(readFields(body), 1)
    .map(readFields)
    .flatMap((resourceSpans) => {
      const [resource = Buffer.alloc(0)] = bytesOf(resourceSpans, 1);
      return bytesOf(resourceSpans, 2)
        .flatMap((scopeSpans) => bytesOf(readFields(scopeSpans), 2))
        .map(readFields)
        .map((span) => ({
          traceId: hexOf(span, 1),
          spanId: hexOf(span, 2),
          traceState: textOf(span, 3),
          parentSpanId: hexOf(span, 4),
          name: textOf(span, 5),
          kind: numberOf(span, 6),
          attributes: attributesOf(span, 9),
          status: numberOf(readFields(bytesOf(span, 15)[0] ?? Buffer.alloc(0)), 3),
          resource: attributesOf(readFields(resource), 1),
        }));
    });
