import { AppError } from '../errors.js';

/**
 * Runs a command with the words behind its name; what it resolves to is the exit code, null where it does not know the
 * words. A fault of the catalogue is told with what to do, unknown words with the usage; anything else is thrown.
 */
export async function runCommand(
  usage: string,
  command: (words: readonly string[]) => Promise<number | null>,
): Promise<void> {
  try {
    const code = await command(process.argv.slice(2));
    if (code === null) process.stderr.write(usage);
    process.exitCode = code ?? 1;
  } catch (error) {
    if (error instanceof AppError) process.stderr.write(`${error.message}\n${error.act}\n`);
    else if (isUnknownOption(error)) process.stderr.write(`${error.message}\n${usage}`);
    else throw error;
    process.exitCode = 1;
  }
}

/** What `parseArgs` throws. */
function isUnknownOption(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;
}
