import { loadSeedSnapshot } from '../src/services/seed.js';
import { createSimulator } from '../src/services/simulate.js';
import { buildWorld } from '../src/world.js';
import { ms, percentile, timed } from './figures.js';

const TEXTS = [
  'pkm mana yg buka skrg di tenggarong?',
  'puskesmas rapak mahang buka jam brp',
  'besok pagi puskesmas di bangil buka ga',
  'ktp kukar bpjs nunggak mau berobat batuk',
  'bapak mulutnya mencong gabisa ngomong',
  'assalamualaikum',
  'nomor telepon puskesmas sepinggan',
  'yang 24 jam',
  'makasih ya',
  'anak panas 3 hari bpjs mati puskesmas samboja msh buka?',
];
const MESSAGES = 20_000;

/** Whole turns in memory, from the line of JSON to the line of JSON; beside it, what JSON alone costs. */
export function benchSimulate(print: (line: string) => void): void {
  const simulator = createSimulator(buildWorld(loadSeedSnapshot()), Date.now);
  const line = (call: number) =>
    JSON.stringify({ contact: `c${call % 500}`, text: TEXTS[call % TEXTS.length], at: '2026-11-23T21:40:00+08:00' });
  for (let call = 0; call < 3_000; call += 1) simulator.answer(line(call), call);
  const samples = timed(MESSAGES, (call) => void simulator.answer(line(call), call));
  const total = samples.reduce((sum, each) => sum + each, 0);
  const answer = simulator.answer(line(0), 1);
  const json = timed(MESSAGES, (call) => void [JSON.parse(line(call)), JSON.stringify(JSON.parse(answer))]);
  print(`simulate, ${MESSAGES} messages of ${TEXTS.length} kinds:`);
  print(
    `  ours      ${Math.round(MESSAGES / (total / 1000))} messages/s  p50 ${ms(percentile(samples, 50))}  p99 ${ms(percentile(samples, 99))}`,
  );
  print(`  JSON only ${Math.round(MESSAGES / (json.reduce((sum, each) => sum + each, 0) / 1000))} messages/s`);
}
