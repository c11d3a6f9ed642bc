// The web chat: messages go out by POST, answers come in over one event stream. Whichever process either ends at, and
// however often the line breaks: a message counts once by its id, and an answer is shown once by its own.
const log = document.getElementById('log');
const form = document.getElementById('form');
const text = document.getElementById('text');
const words = document.getElementById('words').dataset;
let question = null;

function add(kind, node) {
  const bubble = document.createElement('div');
  bubble.className = `bubble ${kind}`;
  const who = document.createElement('span');
  who.className = 'hidden';
  who.textContent = kind === 'mine' ? `${words.you}: ` : kind === 'bot' ? `${words.bot}: ` : '';
  bubble.append(who, node);
  log.append(bubble);
  if (kind === 'mine') question = bubble;
  // The answer is read from its first line, so the question that it answers stays at the top.
  (question ?? bubble).scrollIntoView({ block: 'start' });
  return bubble;
}

// Only web addresses and numbers that the server wrote become links; everything else stays text.
function withLinks(value) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const found of value.matchAll(/https:\/\/[^\s]+/g)) {
    fragment.append(value.slice(from, found.index));
    const link = document.createElement('a');
    link.href = found[0];
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = found[0];
    fragment.append(link);
    from = found.index + found[0].length;
  }
  fragment.append(value.slice(from));
  return fragment;
}

function showChoices(choices) {
  const group = document.createElement('div');
  group.className = 'choices';
  for (const [index, choice] of choices.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${index + 1}. ${choice.label}`;
    button.addEventListener('click', () => {
      add('mine', document.createTextNode(choice.label));
      void send({ choice: choice.id });
    });
    group.append(button);
  }
  log.append(group);
}

const had = new Set();

function take({ id, urgent, reply }) {
  if (had.has(id)) return;
  had.add(id);
  const bubble = show(reply);
  // After a reload there is no question to stay with: then the card stays in view, not what was asked beside it.
  if (urgent) question ??= bubble;
}

function show(reply) {
  if (reply.type === 'place') {
    const link = document.createElement('a');
    link.href = `https://maps.google.com/?q=${reply.lat},${reply.lng}`;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = `${words.map}: ${reply.title}`;
    return add('bot', link);
  }
  const bubble = add('bot', withLinks(reply.text));
  if (reply.choices.length > 0) showChoices(reply.choices);
  return bubble;
}

/** A random UUID. Browsers keep `crypto.randomUUID` from pages on plain http, as an office first opens this one by telephone. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// A process that dies or a line that breaks costs a few seconds, not the message: it is posted again under the same id.
const WAITS = [1_000, 3_000, 9_000];

async function send(body) {
  const message = JSON.stringify({ id: newId(), ...body });
  let note = null;
  for (const wait of [...WAITS, null]) {
    const status = await post(message);
    note?.remove();
    if (status === 202) return;
    const last = wait === null || (status >= 400 && status < 500);
    note = add('note', document.createTextNode(last ? (status === 0 ? words.offline : words.refused) : words.retrying));
    if (last) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

// The status, 0 when the line broke. What cannot wait for the store comes with the answer itself.
async function post(message) {
  try {
    const answer = await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: message,
    });
    const { letters } = await answer.json().catch(() => ({}));
    for (const letter of letters ?? []) take(letter);
    return answer.status;
  } catch {
    return 0;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const value = text.value.trim();
  if (value === '') return;
  add('mine', document.createTextNode(value));
  text.value = '';
  void send({ text: value });
});

text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.getElementById('locate').addEventListener('click', () => {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      add('mine', document.createTextNode(`${coords.latitude.toFixed(4)}, ${coords.longitude.toFixed(4)}`));
      void send({ location: { lat: coords.latitude, lng: coords.longitude } });
    },
    () => add('note', document.createTextNode(words.refused)),
  );
});

add('bot', document.createTextNode(words.greeting));
// The browser reconnects by itself, but not after a proxy's 502, and it does not notice a line that died without a word.
const SILENCE_MS = 60_000;
let cursor = '0';
let heardAt = 0;
let stream = null;

function listen() {
  stream?.close();
  heardAt = Date.now();
  stream = new EventSource(`/chat/stream?after=${cursor}`);
  const hear = (event) => {
    heardAt = Date.now();
    cursor = event.lastEventId;
    const letter = JSON.parse(event.data);
    if (event.type === 'reply') take(letter);
  };
  stream.addEventListener('reply', hear);
  stream.addEventListener('here', hear);
}

listen();
setInterval(() => {
  if (stream.readyState === EventSource.CLOSED || Date.now() - heardAt > SILENCE_MS) listen();
}, 3_000);
