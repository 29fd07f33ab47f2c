/** A record of a file, or why it cannot be read. The number counts from 1, without a header. */
export type Entry = { number: number; record: Record<string, unknown> } | { number: number; reason: string };
