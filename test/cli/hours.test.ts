import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TEXT_CASES, UNREADABLE, withOffset } from '../engines/hours/text-cases.js';

const COMMAND = fileURLToPath(new URL('../../dist/src/cli/hours.js', import.meta.url));

interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: string;
}

/** Runs the built command on these bytes, in a server zone. */
async function run(input: string, zone = 'UTC'): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND], { env: { ...process.env, TZ: zone } });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out: (await out).split('\n').slice(0, -1), err: await err };
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

async function answers(lines: readonly unknown[]): Promise<readonly unknown[]> {
  const { code, out, err } = await run(
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.map((line) => JSON.parse(line));
}

const GOOD = { hours: 'Mo-Fr 08:00-12:00', timezone: 'Asia/Makassar', at: '2026-11-23T09:15:00+08:00' };
const OPEN = { state: 'open', open: true, nextChange: '2026-11-23T12:00:00+08:00' };

describe('hours, wherever the server stands', () => {
  const lines = TEXT_CASES.map(({ hours, at, zone = 'Asia/Makassar', holidays }) =>
    JSON.stringify({ hours, timezone: zone, at: withOffset(at, zone), ...(holidays && { holidays }) }),
  );
  const expected = TEXT_CASES.map(({ state, next, zone }, index) => ({
    line: index + 1,
    state,
    open: state === 'open',
    nextChange: next === null ? null : withOffset(next, zone),
  }));

  it.each(['UTC', 'Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'America/New_York', 'Australia/Lord_Howe'])(
    'answers every case alike under TZ=%s',
    async (zone) => {
      const { code, out, err } = await run(`${lines.join('\n')}\n`, zone);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.map((line) => JSON.parse(line))).toEqual(expected);
    },
  );
});

describe('a line of hours', () => {
  it('is the example of the contract', async () => {
    const line = {
      hours: 'Mo-Th 07:30-14:00; Fr 07:30-11:00; Sa 07:30-12:30; PH off',
      timezone: 'Asia/Makassar',
      at: '2026-11-23T09:15:00+08:00',
      holidays: ['2026-12-25'],
    };
    const { out } = await run(`${JSON.stringify(line)}\n`);
    expect(out).toEqual(['{"line":1,"state":"open","open":true,"nextChange":"2026-11-23T14:00:00+08:00"}']);
  });

  const variants: readonly [label: string, line: unknown][] = [
    ['an instant in UTC', { ...GOOD, at: '2026-11-23T01:15:00Z' }],
    ['an instant in another offset', { ...GOOD, at: '2026-11-22T20:15:00-05:00' }],
    ['an instant without seconds', { ...GOOD, at: '2026-11-23T09:15+08:00' }],
    ['an instant with a fraction', { ...GOOD, at: '2026-11-23T09:15:00.123+08:00' }],
    ['an empty list of holidays', { ...GOOD, holidays: [] }],
    ['a holiday given twice', { ...GOOD, holidays: ['2026-12-25', '2026-12-25'] }],
    ['fields that nobody asked for', { ...GOOD, comment: 'x' }],
  ];

  it(`may have ${variants.map(([label]) => label).join(', ')}`, async () => {
    const given = await answers(variants.map(([, line]) => line));
    expect(given).toEqual(variants.map((_, index) => ({ line: index + 1, ...OPEN })));
  });

  const { hours, timezone, at } = GOOD;
  const faulty: readonly [label: string, line: unknown, word: string][] = [
    ['no JSON', 'hours?', 'JSON'],
    ['an empty line', '', 'JSON'],
    ['a list', [GOOD], 'JSON'],
    ['null', 'null', 'JSON'],
    ['no hours', { timezone, at }, '"hours"'],
    ['hours that are no text', { ...GOOD, hours: 8 }, '"hours"'],
    ['no time zone', { hours, at }, '"timezone"'],
    ['a zone that does not exist', { ...GOOD, timezone: 'Asia/Atlantis' }, '"timezone"'],
    ['a zone by its letters', { ...GOOD, timezone: 'WITA' }, '"timezone"'],
    ['no time', { hours, timezone }, '"at"'],
    ['a time without offset', { ...GOOD, at: '2026-11-23T09:15:00' }, '"at"'],
    ['a day without time', { ...GOOD, at: '2026-11-23' }, '"at"'],
    ['a day that does not exist', { ...GOOD, at: '2026-02-30T09:15:00+08:00' }, '"at"'],
    ['an hour that does not exist', { ...GOOD, at: '2026-11-23T25:15:00+08:00' }, '"at"'],
    ['a number for a time', { ...GOOD, at: 1_790_000_000_000 }, '"at"'],
    ['holidays that are no list', { ...GOOD, holidays: '2026-12-25' }, '"holidays"'],
    ['a holiday that does not exist', { ...GOOD, holidays: ['2026-02-29'] }, '"holidays"'],
    ['a holiday in another writing', { ...GOOD, holidays: ['25-12-2026'] }, '"holidays"'],
    ...UNREADABLE.map(({ label, hours: text, offset }): [string, unknown, string] => [
      `hours: ${label}`,
      { ...GOOD, hours: text },
      offset === null ? 'Hours' : `character ${offset + 1}`,
    ]),
  ];

  it('that is faulty gets an error with its number, and the next is answered all the same', async () => {
    const given = await answers(faulty.flatMap(([, line]) => [line, GOOD]));
    expect(given).toEqual(
      faulty.flatMap(([, , word], index) => [
        { line: 2 * index + 1, error: expect.stringContaining(word) },
        { line: 2 * index + 2, ...OPEN },
      ]),
    );
  });

  it('ends at a line feed only', async () => {
    const raw = `{"hours":"Mo-Fr 08:00-12:00 open \\"a\u2028b\\"","timezone":"${timezone}","at":"${at}"}`;
    expect((await run(`${raw}\r\n${raw}`)).out.map((line) => JSON.parse(line))).toEqual([
      { line: 1, ...OPEN },
      { line: 2, ...OPEN },
    ]);
  });

  it('is needed for an answer', async () => {
    expect(await run('')).toEqual({ code: 0, out: [], err: '' });
  });
});
