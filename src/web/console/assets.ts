import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Router } from 'express';
import { projectFile } from '../../project-root.js';

const require = createRequire(import.meta.url);
const own = (name: string) => projectFile(`src/web/console/public/${name}`);

/** The files that pages load, by name: ours, and those of libraries as they come from their packages. */
const FILES: Readonly<Record<string, string>> = {
  'console.css': own('console.css'),
  'console.js': own('console.js'),
  'map.js': own('map.js'),
  'htmx.js': require.resolve('htmx.org/dist/htmx.min.js'),
  'leaflet.js': require.resolve('leaflet/dist/leaflet.js'),
  'leaflet.css': require.resolve('leaflet/dist/leaflet.css'),
};

/**
 * Serves them packed, each packed once: a telephone on a village's line loads a quarter. Only files are packed, never
 * pages, whose size would tell about the keys in their forms.
 */
export function assetRoutes(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(FILES)) {
    const plain = readFileSync(path);
    const packed = { br: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) };
    const mark = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
    router.get(`/${name}`, (request, response) => {
      const way = request.acceptsEncodings(['br', 'gzip', 'identity']);
      const encoding = way === 'br' || way === 'gzip' ? way : null;
      response.set({ 'cache-control': 'public, max-age=3600', vary: 'accept-encoding' });
      // Another body by another name: a cache must not hand the one out as the other.
      response.set('etag', `"${mark}${encoding ?? ''}"`);
      if (encoding !== null) response.set('content-encoding', encoding);
      if (request.fresh) return void response.status(304).end();
      response.type(name.slice(name.lastIndexOf('.'))).send(encoding === null ? plain : packed[encoding]);
    });
  }
  return router;
}
