import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
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

interface Packed {
  readonly identity: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
  readonly mark: string;
}

async function pack(path: string): Promise<Packed> {
  const identity = await readFile(path);
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(identity),
    promisify(gzip)(identity, { level: 9 }),
  ]);
  return { identity, br, gzip: zipped, mark: createHash('sha256').update(identity).digest('base64url').slice(0, 16) };
}

/**
 * Serves them packed: a telephone on a village's line loads a quarter. Each is packed once, beside the work of the
 * server and when somebody first asks: all of them would hold up the start by half a second. Only files are packed,
 * never pages, whose size would tell about the keys in their forms.
 */
export function assetRoutes(): Router {
  const router = Router();
  const asked = new Map<string, Promise<Packed>>();
  for (const [name, path] of Object.entries(FILES)) {
    router.get(`/${name}`, async (request, response) => {
      const packing = asked.get(name) ?? pack(path);
      asked.set(name, packing);
      const { mark, ...bodies } = await packing;
      const way = request.acceptsEncodings(['br', 'gzip', 'identity']);
      const encoding = way === 'br' || way === 'gzip' ? way : null;
      response.set({ 'cache-control': 'public, max-age=3600', vary: 'accept-encoding' });
      // Another body by another name: a cache must not hand the one out as the other.
      response.set('etag', `"${mark}${encoding ?? ''}"`);
      if (encoding !== null) response.set('content-encoding', encoding);
      if (request.fresh) return void response.status(304).end();
      response.type(name.slice(name.lastIndexOf('.'))).send(bodies[encoding ?? 'identity']);
    });
  }
  return router;
}
