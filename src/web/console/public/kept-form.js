// Whoever sends a form after their session has ended finds what they typed again once they are back. It is kept in this tab
// only, for a quarter of an hour, for the same person; passwords, codes and files are never kept. Without this script the
// page says that nothing was saved.
const KEPT = 'tanya.form';
const LIFE = 15 * 60_000;
const UNKEPT = new Set(['password', 'file', 'submit', 'button', 'image', 'reset', 'fieldset', 'output']);
const page = document.querySelector('main');

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    if (kept !== null && Date.now() - kept.at < LIFE) return kept;
    sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: as without this script.
  }
  return null;
}

function write(kept) {
  try {
    if (kept === null) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // As above.
  }
}

const keepable = (field) => field.name !== '' && field.name !== 'form_key' && !UNKEPT.has(field.type);
const isTick = (field) => field.type === 'checkbox' || field.type === 'radio';
const postForms = () => [...document.querySelectorAll('main form[method="post"]')];
const twins = (action) => postForms().filter((form) => form.getAttribute('action') === action);

function keep(form, lost) {
  if (!form || page.dataset.who === undefined || form.dataset.keep === 'no') return;
  const fields = [...form.elements].filter(keepable);
  if (!fields.some(({ type }) => type !== 'hidden')) return;
  const action = form.getAttribute('action');
  write({
    at: Date.now(),
    lost,
    who: page.dataset.who,
    path: location.pathname,
    action,
    nth: twins(action).indexOf(form),
    fields: fields.filter((field) => !isTick(field) || field.checked).map(({ name, value }) => [name, value]),
  });
}

function fill(form, pairs) {
  const left = [...pairs];
  for (const field of [...form.elements].filter(keepable)) {
    const at = left.findIndex(([name, value]) => name === field.name && (!isTick(field) || value === field.value));
    if (isTick(field)) field.checked = at >= 0;
    else if (at >= 0) field.value = left[at][1];
    if (at < 0) continue;
    left.splice(at, 1);
    const changed = isTick(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
    if (field.type === 'hidden' || !changed) continue;
    for (let box = field.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  }
  for (const name of ['input', 'change']) form.dispatchEvent(new Event(name, { bubbles: true }));
}

function giveBack(kept) {
  const form = twins(kept.action)[kept.nth];
  if (!form) return;
  fill(form, kept.fields);
  const told = document.createElement('p');
  told.className = 'note warn';
  told.setAttribute('role', 'status');
  told.textContent = page.dataset.restored;
  form.before(told);
  told.scrollIntoView({ block: 'center' });
}

// Nobody is signed in: what was typed waits, says so, and goes when its time is over or when it is not wanted.
function wait(kept) {
  const told = document.querySelector('[data-kept]');
  if (!told || !kept.lost) return;
  told.hidden = false;
  const drop = () => {
    write(null);
    told.hidden = true;
  };
  told.querySelector('button').addEventListener('click', drop);
  setTimeout(drop, LIFE - (Date.now() - kept.at));
}

function begin() {
  const kept = read();
  if (kept === null) return;
  if (page.dataset.lost !== undefined) {
    kept.lost = true;
    write(kept);
  }
  if (page.dataset.who === undefined) wait(kept);
  else if (!kept.lost || kept.who !== page.dataset.who) write(null);
  else if (kept.path === location.pathname && page.dataset.lost === undefined) {
    write(null);
    giveBack(kept);
  }
}

let touched = null;
document.addEventListener('input', ({ target }) => {
  touched = target.closest('main form[method="post"]') ?? touched;
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (page.contains(form)) keep(form, false);
  else write(null);
});
// A page that looks for news in the background is the first to hear that the session is over.
document.addEventListener('htmx:beforeOnLoad', ({ detail }) => {
  if (detail.xhr.getResponseHeader('HX-Redirect')?.startsWith('/console/sign-in')) keep(touched, true);
});
document.addEventListener('DOMContentLoaded', begin);
