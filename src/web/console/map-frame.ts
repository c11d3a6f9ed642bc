import type { Response } from 'express';
import type { Region } from '../../domain/place.js';
import type { Directory } from '../../ports/directory.js';
import { outlineOf, pointsText } from './outline.js';
import type { View } from './page.js';
import type { ConsoleParts } from './parts.js';

/** What every map is drawn on: the villages of a region as dots, the outline around them, and tiles where they are set. */
export function mapFrame(directory: Directory, region: Region, parts: ConsoleParts, response: Response): View {
  const villages = directory.areas.flatMap(({ code, level, centroid }) =>
    level === 'kelurahan_desa' && centroid && code.startsWith(`${region.code}.`) ? [centroid] : [],
  );
  const { mapTiles } = parts;
  if (mapTiles) allowImagesOf(response, mapTiles.url);
  return { dots: pointsText(villages), outline: pointsText(outlineOf(villages)), tiles: mapTiles };
}

/** This page alone may load pictures from where the tiles are. */
function allowImagesOf(response: Response, url: string): void {
  const { origin } = new URL(url.replaceAll(/\{\w+\}/g, 'a'));
  const policy = String(response.getHeader('content-security-policy') ?? '');
  response.set(
    'content-security-policy',
    policy.replace(/img-src [^;]*/, (found) => `${found} ${origin}`),
  );
}
