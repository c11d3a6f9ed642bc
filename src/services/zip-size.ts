import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { AppError } from '../errors.js';

const inflate = promisify(inflateRaw);

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** Behind an entry whose size was not known when it was begun: at most a mark, a checksum and two sizes. */
const LONGEST_DESCRIPTOR = 24;
const MOST_ENTRIES = 200;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

/**
 * Unpacks a ZIP archive for nothing but its size, and throws INPUT_INVALID as soon as that is more than `most` bytes: a
 * file of half a megabyte can unpack to gigabytes and take the server with it. What the archive says of its sizes is not
 * believed. Entries must stand one behind the other as the directory has them, so that a reader that goes by the
 * entries' own headers finds the same ones.
 */
export async function refuseHugeArchive(archive: Buffer, most: number): Promise<void> {
  const directory = directoryStart(archive);
  let left = most;
  let end = 0;
  for (const { method, packed, at } of entriesOf(archive, directory)) {
    const start = dataStart(archive, at, method);
    if (at < end || at - end > LONGEST_DESCRIPTOR || start + packed > directory) throw odd();
    const data = archive.subarray(start, start + packed);
    left -= method === 0 ? packed : await unpackedSize(data, left);
    if (left < 0) throw tooLarge();
    end = start + packed;
  }
  if (directory - end > LONGEST_DESCRIPTOR) throw odd();
}

async function unpackedSize(data: Buffer, most: number): Promise<number> {
  try {
    return (await inflate(data, { maxOutputLength: Math.max(1, most) })).length;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : odd();
  }
}

function directoryStart(archive: Buffer): number {
  for (let at = archive.length - 22; at >= 0 && at >= archive.length - 22 - 65_535; at -= 1) {
    if (archive.readUInt32LE(at) === DIRECTORY_END) return archive.readUInt32LE(at + 16);
  }
  throw odd();
}

function entriesOf(archive: Buffer, directory: number): readonly Entry[] {
  const entries: Entry[] = [];
  let at = directory;
  while (at + 46 <= archive.length && archive.readUInt32LE(at) === DIRECTORY_ENTRY) {
    entries.push({
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
    });
    if (entries.length > MOST_ENTRIES) throw odd();
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** Where an entry's data begins; its own header must name the same way of packing, plain or deflated. */
function dataStart(archive: Buffer, at: number, method: number): number {
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER) throw odd();
  if (archive.readUInt16LE(at + 8) !== method || (method !== 0 && method !== 8)) throw odd();
  return at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
}

function odd(): AppError {
  return new AppError('INPUT_INVALID', 'not readable as a ZIP archive');
}

function tooLarge(): AppError {
  return new AppError('INPUT_INVALID', 'the archive unpacks to more than is taken');
}
