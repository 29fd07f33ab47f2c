import { setFlagsFromString } from 'node:v8';

// Imported first, because V8 reads these flags while it runs: at each garbage collection and when it compiles
// WebAssembly.

/**
 * Percent that the heap may grow between two full collections. V8's default for a heap of this size is 300, most of
 * which would be garbage. A collection every few seconds under full load costs less than 1% of the time.
 */
const HEAP_GROWTH = 50;

/**
 * Bytes of a WebAssembly function that run before V8 optimises it; 100 times V8's default. The embedded database runs
 * much of its code once, at startup, and optimising that is wasted.
 */
const WASM_TIERING_BUDGET = 180_000_000;

setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
setFlagsFromString(`--wasm-tiering-budget=${WASM_TIERING_BUDGET}`);
