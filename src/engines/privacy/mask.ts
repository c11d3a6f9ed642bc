/** What stands in the text where a number was. */
export const MASK = '•••';

/** The shortest run of digits that may be somebody's number: emergency and service numbers are shorter. */
const SHORTEST = 9;

/** Digits of any script, with up to three characters of punctuation or white space between two of them. */
const DIGIT_RUN = /\p{Nd}(?:[\s.,:;\-‐-―_·•/\\|()+*'"]{0,3}\p{Nd})*/gu;

const DATE_AND_TIME = /^\d{1,4}([-/. ])\d{1,2}\1\d{1,4}(?:[ ,]{1,2}\d{1,2}(?:[.:]\d{2}){0,2})?$/;
const CLOCK_TIMES = /^(?:[01]?\d|2[0-4])([.:])[0-5]\d(?:(?!\1)[^\d]{1,3}(?:[01]?\d|2[0-4])\1[0-5]\d)*$/;
const AMOUNT = /^[1-9]\d{0,2}(?:\.\d{3}){2,3}$/;
const COORDINATES = /^\d{1,3}\.\d{3,15}(?:[\s,;]{1,2}-?\d{1,3}\.\d{3,15})?$/;

/**
 * Covers every number in the text that could identify a person: NIK and KK (16 digits), BPJS cards (13), phone and
 * account numbers, written in one piece or with separators. Dates, clock times, amounts of money and coordinates
 * within Indonesia stay, for they are needed and name nobody. Nothing of a covered number is kept, read or returned.
 * Pure, and linear in the length of the text.
 */
export function maskIdentifiers(text: string): { readonly text: string; readonly masked: boolean } {
  let masked = false;
  const covered = text.replace(DIGIT_RUN, (run) => {
    if (digitsIn(run) < SHORTEST || isHarmless(run)) return run;
    masked = true;
    return MASK;
  });
  return { text: covered, masked };
}

function digitsIn(run: string): number {
  return run.match(/\p{Nd}/gu)?.length ?? 0;
}

function isHarmless(run: string): boolean {
  return DATE_AND_TIME.test(run) || CLOCK_TIMES.test(run) || AMOUNT.test(run) || isPointInIndonesia(run);
}

/** Indonesia lies between 11° south and 6° north, 95° and 141° east. */
function isPointInIndonesia(run: string): boolean {
  if (!COORDINATES.test(run)) return false;
  return run.split(/[\s,;]+/).every((part) => {
    const degrees = Math.abs(Number(part));
    return degrees <= 11 || (degrees >= 95 && degrees <= 141);
  });
}
