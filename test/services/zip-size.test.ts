import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { refuseHugeArchive } from '../../src/services/zip-size.js';

interface Lie {
  /** What the directory says of the unpacked size. */
  readonly said?: number;
  /** Bytes put between two entries: an entry of its own that the directory does not name. */
  readonly hidden?: Buffer;
  readonly method?: number;
}

function local(name: string, data: Buffer, method: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), data]);
}

/** An archive of one deflated file, honest or not. */
function archive(content: Buffer, lie: Lie = {}): Buffer {
  const packed = deflateRawSync(content);
  const before = lie.hidden ?? Buffer.alloc(0);
  const entry = local('a.xml', packed, 8);
  const directory = Buffer.alloc(46);
  directory.writeUInt32LE(0x02014b50, 0);
  directory.writeUInt16LE(lie.method ?? 8, 10);
  directory.writeUInt32LE(packed.length, 20);
  directory.writeUInt32LE(lie.said ?? content.length, 24);
  directory.writeUInt16LE(5, 28);
  directory.writeUInt32LE(before.length, 42);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(before.length + entry.length, 16);
  return Buffer.concat([before, entry, directory, Buffer.from('a.xml'), end]);
}

const MOST = 1_000_000;
const huge = Buffer.alloc(20 * MOST);
const UNPACKS = /unpacks to more/;
const UNREADABLE = /not readable/;

describe('an uploaded archive', () => {
  it('of a usual size is taken, and so is a workbook as the export writes it', async () => {
    await refuseHugeArchive(archive(Buffer.from('<x/>')), MOST);
    const workbook = await writeXlsxFile([[{ value: 'a', type: String }]]).toBuffer();
    await refuseHugeArchive(workbook, MOST);
  });

  it.each<[string, Buffer, RegExp]>([
    ['unpacks to too much', archive(huge), UNPACKS],
    ['says that it is small and is not', archive(huge, { said: 10 }), UNPACKS],
    [
      'hides an entry from its directory',
      archive(Buffer.from('x'), { hidden: local('b', deflateRawSync(huge), 8) }),
      UNREADABLE,
    ],
    ['names two ways of packing', archive(huge, { method: 0 }), UNREADABLE],
    ['ends early', archive(Buffer.from('x')).subarray(0, 30), UNREADABLE],
    ['is none', Buffer.from('PK and nothing more'), UNREADABLE],
  ])('that %s is refused', async (_, content, why) => {
    await expect(refuseHugeArchive(content, MOST)).rejects.toThrow(why);
  });
});
