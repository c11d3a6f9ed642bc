import { foldWord, skeleton, slips } from '../place/spelling.js';

/** Said around a command and meaning nothing for it: "halo berhenti", "stop dulu ya min, terima kasih". */
const COURTESY = new Set(
  `halo hallo hai hi hei assalamualaikum selamat pagi siang sore malam maaf permisi tolong mohon minta terima kasih
   terimakasih makasih mksh trims trimakasih thanks thank you thx tq suwun matur nuwun ya yaa iya ok oke okey baik dong
   donk deh sih lah aja saja dulu min mimin admin kak kakak pak bapak bu ibu mas mbak bang saya aku sy mau ingin sekarang
   skrg please plis pls wis uwis wae`.split(/\s+/),
);
/** As `foldWord` leaves them: doubled letters once. */
const STOPS = new Set([
  'mandeg',
  'mandek',
  'mandheg',
  'stop',
  'setop',
  'stp',
  'sotp',
  'unsub',
  'unsubs',
  'unsubscribe',
  'henti',
  'of',
]);
/** "Berhenti" without its vowels, and without what slips away first: "brhnti", "brenti", "behenti". */
const STOP_SKELETONS = new Set(['brhnt', 'brnt', 'bhnt']);
/** "Langganan" as `foldWord` leaves it. */
const SUBSCRIBE = 'langanan';

/**
 * BERHENTI or LANGGANAN standing alone but for courtesies, in any spelling; null when the message says anything else.
 * A stop that is not understood is a message sent to somebody who does not want it, so misspelt ones are believed too;
 * of a yes only one slip is, since "Lung Anai" and "Anggana" are near.
 */
export function bareCommand(raw: string): 'opt_out' | 'opt_in' | null {
  const typed = raw.toLowerCase().match(/[a-z]+/g) ?? [];
  const spelled = typed.length > 3 && typed.every((word) => word.length === 1) ? [typed.join('')] : typed;
  const [word, ...more] = spelled.filter((each) => !COURTESY.has(each));
  if (word === undefined || more.length > 0 || spelled.length > 8) return null;
  const folded = foldWord(word);
  if (isStop(folded) && word !== 'of') return 'opt_out';
  return folded.startsWith('l') && slips(folded, SUBSCRIBE) <= 1 ? 'opt_in' : null;
}

/** Endings that a verb or noun takes in speech: "langganannya", "langganane", "langgananku". */
const ENDING = /(?:nya|ne|an|e|ku|mu)$/;

/**
 * The standard form of BERHENTI or LANGGANAN behind a misspelt word of a longer message; null for any other word. Fewer
 * slips than for the word alone: beside other words a name is likelier.
 */
export function commandSpelt(typed: string): 'henti' | 'langgan' | null {
  const word = typed.replace(/[^a-z]/g, '');
  if (word.length < 5) return null;
  const folded = foldWord(word);
  if (/^(?:ber?|bar?)?l/.test(folded)) {
    const stem = folded.replace(/^(?:ber?|bar?)(?=l)/, '');
    for (const each of [stem, stem.replace(ENDING, '')]) if (isSubscribe(each)) return 'langgan';
  }
  return folded.startsWith('b') && (STOP_SPELLINGS.has(folded) || slips(folded, 'berhenti') <= 1) ? 'henti' : null;
}

const STOP_SPELLINGS = new Set(['brhnti', 'brhenti', 'brenti', 'berenti', 'brnti', 'behenti', 'berhnti', 'bhenti']);

function isSubscribe(folded: string): boolean {
  if (folded.length < 6) return false;
  return slips(folded, SUBSCRIBE) <= 1 || skeleton(folded) === skeleton(SUBSCRIBE);
}

function isStop(folded: string): boolean {
  if (STOPS.has(folded)) return true;
  return folded.startsWith('b') && (slips(folded, 'berhenti') <= 1 || STOP_SKELETONS.has(skeleton(folded)));
}
