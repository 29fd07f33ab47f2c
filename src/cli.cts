#!/usr/bin/env node
// The size of libuv's thread pool is fixed when it is first used. To load an ES module, Node.js uses it; this file is CommonJS
// and sets the size before that. An operator's own size is kept.
import os = require('node:os');

/** Besides those of password hashes: for DNS, files and signatures. SPARE_THREADS in config/cores.ts is the same. */
const SPARE_THREADS = 2;

// An older Node.js has no such function. cli.ts reports that.
const hashes = Math.max(os.availableParallelism?.() ?? 1, Number(process.env.HASH_CONCURRENCY) || 0);
process.env.UV_THREADPOOL_SIZE ||= String(Math.min(1024, Math.max(4, hashes + SPARE_THREADS)));

// For the first process of a container, signals have no default action: until the command listens, they would be ignored.
if (process.pid === 1)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + os.constants.signals[signal]);
    });

import('./cli.ts');
