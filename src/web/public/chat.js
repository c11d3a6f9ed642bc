// The web chat: messages go out by POST, answers come in over one event stream that the browser itself reconnects.
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

function show(reply) {
  if (reply.type === 'place') {
    const link = document.createElement('a');
    link.href = `https://maps.google.com/?q=${reply.lat},${reply.lng}`;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = `${words.map}: ${reply.title}`;
    add('bot', link);
    return;
  }
  add('bot', withLinks(reply.text));
  if (reply.choices.length > 0) showChoices(reply.choices);
}

/** A random UUID. Browsers keep `crypto.randomUUID` from pages on plain http, as an office first opens this one by telephone. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function send(body) {
  try {
    const answer = await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: newId(), ...body }),
    });
    if (!answer.ok) add('note', document.createTextNode(words.refused));
  } catch {
    add('note', document.createTextNode(words.offline));
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
const stream = new EventSource('/chat/stream');
stream.addEventListener('reply', (event) => show(JSON.parse(event.data)));
