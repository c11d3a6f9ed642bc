/** What a spreadsheet would take for a formula; a number, a code or a phone number with its sign is none. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))/;

/** A text that a spreadsheet shows as text: one that it would run gets an apostrophe in front. */
export function harmlessCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** One row of a CSV, with quotes where needed. */
export function csvRow(row: readonly string[]): string {
  const cell = (text: string) => {
    const safe = harmlessCell(text);
    return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${row.map(cell).join(',')}\r\n`;
}

/** Stands before the first row, so that Excel reads the file as UTF-8. */
const CSV_START = '\uFEFF';

/** Rows as CSV for Excel: UTF-8 with a byte order mark, commas, quotes where needed. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `${CSV_START}${rows.map(csvRow).join('')}`;
}
