import { readProgramme } from './programme-file.js';
import type { Programme, Rule } from './rule.js';
import balikpapan from './rules/balikpapan.json' with { type: 'json' };
import bontang from './rules/bontang.json' with { type: 'json' };
import gratispol from './rules/gratispol.json' with { type: 'json' };
import jkn from './rules/jkn.json' with { type: 'json' };
import kukar from './rules/kukar.json' with { type: 'json' };
import pasuruan from './rules/pasuruan.json' with { type: 'json' };

/** Every programme: the four local ones, the province's, the national rules. A new one is a file and a line here. */
export const PROGRAMMES: readonly Programme[] = [kukar, bontang, balikpapan, pasuruan, gratispol, jkn].map(
  readProgramme,
);

/** The rules of all programmes, in force or not; `evaluate` picks by the day. */
export const RULES: readonly Rule[] = PROGRAMMES.flatMap((programme) => programme.rules);
