import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream of UTF-8 bytes, as they come. Only "\n" ends a line ("\r" before it is dropped), because JSON may
 * hold the other line breaks of Unicode; what follows the last one is a line unless it is empty.
 */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.end();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** Answers each line of standard input with one on standard output, in order and no faster than it is read; lines count from 1. */
export async function answerLines(answer: (line: string, number: number) => string): Promise<void> {
  let number = 0;
  // Whoever reads the answers may stop before the end ("| head"): that is no failure of ours.
  process.stdout.on('error', () => process.exit(0));
  for await (const line of linesOf(process.stdin)) {
    number += 1;
    if (!process.stdout.write(`${answer(line, number)}\n`)) await once(process.stdout, 'drain');
  }
}
