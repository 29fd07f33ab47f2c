import { setFlagsFromString } from 'node:v8';

// Imported before everything else: V8 decides at each collection how far away the next one is, and compiles a function
// of WebAssembly well as soon as it has run so much of it.

/**
 * Percent that the heap may grow between two full collections. V8 itself lets a heap of this size grow by 300: memory
 * that holds nothing but garbage. A collection every few seconds of full load costs less than a hundredth of the time.
 */
const HEAP_GROWTH = 50;

/**
 * Bytes of a WebAssembly function that run before it is compiled well; V8 itself waits for a hundredth. The embedded
 * database runs a little of very much at a start, and most of it never again.
 */
const WASM_PATIENCE = 180_000_000;

setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
setFlagsFromString(`--wasm-tiering-budget=${WASM_PATIENCE}`);
