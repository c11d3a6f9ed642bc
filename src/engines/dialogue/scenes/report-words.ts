import type { Intent } from '../../../domain/intent.js';
import type { ReportTopic } from '../../../domain/report.js';
import type { SceneContext } from '../turn.js';

const LONGEST_LINE = 200;

/** What was written, on one line and short; null when nothing was. Identifiers are masked already. */
export function oneLine({ turn }: SceneContext): string | null {
  if (turn.body.type !== 'text') return null;
  const line = turn.body.text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  const points = [...line];
  if (points.length === 0) return null;
  return points.length <= LONGEST_LINE ? line : `${points.slice(0, LONGEST_LINE - 1).join('')}…`;
}

const WRONG = '(?:salah|keliru|ngawur|beda|(?:ber)?ubah|tidak (?:benar|bener|sesuai|cocok|valid|akurat|aktif))';
const TAIL = '(?: (?:kok|min|admin|mas|mbak|pak|bapak|bu|ibu|nih|ini|itu|deh|ya|semua))*';
const SUBJECT: readonly (readonly [ReportTopic | null, string])[] = [
  [null, 'info|informasi|data'],
  ['hours', 'jam|jam buka|jam bukanya|jadwal|jam layanan'],
  ['phone', '(?:nomor|nomer|no) ?(?:telepon|telponnya|telpon|telp|hp|wa)?|telepon|telponnya|telpon|telp'],
  ['place', 'alamat|lokasi|lokasinya|peta|titik|maps'],
  ['services', 'layanan'],
];
const UNREACHABLE =
  '(?:sudah )?tidak (?:bisa |dapat )?(?:di ?)?(?:hubung|hubungi|telepon|ditelpon|angkat|aktif)(?: lagi)?';
const PHRASES: readonly { readonly topic: ReportTopic | null; readonly whole: RegExp }[] = [
  ...SUBJECT.map(([topic, names]) => ({
    topic,
    whole: new RegExp(`^(?:lapor(?:kan)? )?(?:ada )?(?:${names})(?: ?nya)? ${WRONG}${TAIL}$`),
  })),
  {
    topic: 'phone',
    whole: new RegExp(
      `^(?:(?:nomor|nomer|no) ?(?:telepon|telponnya|telpon|telp|hp|wa)?|telepon|telponnya|telpon|telp)(?: ?nya)? ${UNREACHABLE}${TAIL}$`,
    ),
  },
  { topic: 'hours', whole: new RegExp(`^(?:sudah |tadi |ternyata |malah )*tutup kok${TAIL}$`) },
  { topic: 'hours', whole: new RegExp(`^(?:tadi |ternyata |kok )+(?:sudah )?tutup${TAIL}$`) },
];

/** The topic of a message that says no more than that something is wrong; a topic of null: which, is to be asked. */
export function topicNamed(text: string): { readonly topic: ReportTopic | null } | null {
  const bare = text
    .replaceAll(/[^\p{L}\p{N} ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  const found = PHRASES.find(({ whole }) => whole.test(bare));
  return found ? { topic: found.topic } : null;
}

const WRONG_OF = new RegExp(
  `\\b(?:info|informasi|data|jam|jadwal|nomor|nomer|telepon|telpon|telp|alamat|lokasi|peta|titik|maps|layanan)(?:nya)?\\b.*\\b(?:${WRONG}|sudah pindah)\\b|\\b(?:ternyata|malah|kok) (?:sudah )?tutup\\b`,
);

/** True where a longer message says that the hours, the number or the address told of a facility are wrong. */
export function saysWrong(text: string): boolean {
  return WRONG_OF.test(text);
}

const TOPIC_WORDS: readonly (readonly [ReportTopic, RegExp])[] = [
  ['phone', /\b(nomor|nomer|telepon\w*|telp\w*|telpon\w*|hp|wa|phone|number)\b/],
  ['place', /\b(alamat\w*|lokasi\w*|peta|titik|pindah|address|map)\b/],
  ['hours', /\b(jam\w*|tutup|buka|libur|jadwal\w*|hours|closed)\b/],
  ['services', /\b(layanan\w*|dokter\w*|poli|ugd|igd|bpjs|service\w*)\b/],
];

/** What a line in free words is about, as far as one word tells. */
export function anyTopic({ turn }: SceneContext): ReportTopic {
  const text = turn.normal?.text ?? '';
  return TOPIC_WORDS.find(([, words]) => words.test(text))?.[0] ?? 'other';
}

/** Wishes that leave the flow; anything else, said as a statement, is what the person wants to tell. */
const OTHER_WISHES: ReadonlySet<Intent> = new Set([
  'menu',
  'privacy',
  'opt_in',
  'opt_out',
  'human',
  'greeting',
  'thanks',
]);
const QUESTION = /\?|\b(mana|kapan|berapa|gimana|bagaimana|apakah|apa|bisa|where|when|which|how)\b/;

/** True when the words are told and not asked, and name no other place. */
export function isTelling({ turn, words, session }: SceneContext): boolean {
  if (turn.body.type !== 'text' || words.intents.some((intent) => OTHER_WISHES.has(intent))) return false;
  const about = aboutFacility(session.awaiting);
  if (words.place?.kind === 'facility' && words.place.facility.id !== about) return false;
  return !QUESTION.test(turn.body.text.toLowerCase()) && !QUESTION.test(turn.normal?.text ?? '');
}

function aboutFacility(awaiting: SceneContext['session']['awaiting']): string | null {
  if (awaiting?.scene === 'hours_check') return awaiting.facilityId;
  if (awaiting?.scene !== 'report' || awaiting.asks === 'facility') return null;
  return awaiting.asks === 'topic' ? awaiting.facilityId : awaiting.told.facilityId;
}
