// Writes the sections of .env.example about SMS gateways and social providers.
import { readFileSync, writeFileSync } from 'node:fs';
import { updateExample } from '../dist/config/env-example.js';

writeFileSync('.env.example', updateExample(readFileSync('.env.example', 'utf8')));
