import { join } from 'node:path';
import type { NextConfig } from 'next';

export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run typecheck` does that. It takes most of the time of a build.
  typescript: { ignoreBuildErrors: true },
  // The packages of Latchkey are outside of this folder. With packages from a registry, this is not needed.
  turbopack: { root: join(import.meta.dirname, '../..') },
  async headers() {
    const headers = [
      { key: 'X-Content-Type-Options', value: 'nosniff' },
      { key: 'X-Frame-Options', value: 'DENY' },
      { key: 'Referrer-Policy', value: 'same-origin' },
    ];
    return [{ source: '/:path*', headers }];
  },
} satisfies NextConfig;
