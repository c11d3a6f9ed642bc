// Small comforts; every page works without them.
const wide = window.matchMedia('(min-width: 1100px)');
function placeMenu() {
  const menu = document.querySelector('.menu');
  if (menu) menu.open = wide.matches;
}
wide.addEventListener('change', placeMenu);
placeMenu();

// A field that only matters with a certain choice is shown with it.
function showWhatMatters(scope) {
  for (const part of scope.querySelectorAll('[data-when]')) {
    const [name, ...values] = part.dataset.when.split(' ');
    const form = part.closest('form');
    const field = form && new FormData(form).get(name);
    part.hidden = !values.includes(String(field));
  }
}
document.addEventListener('change', (event) => {
  const form = event.target.closest('form');
  if (form) showWhatMatters(form);
});
showWhatMatters(document);

// A second tap on a slow line sends nothing twice. A form that was answered with a file can be sent again.
const WAIT = 4000;
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (Date.now() - Number(form.dataset.sent ?? 0) < WAIT) event.preventDefault();
  else form.dataset.sent = String(Date.now());
});
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What must be corrected is read out first, and lies on the screen.
const fault = document.querySelector('main .fault');
if (fault) {
  fault.tabIndex = -1;
  fault.focus();
}

// What asks "are you sure?" can be folded again by its own button, too.
for (const button of document.querySelectorAll('[data-fold]')) button.hidden = false;
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-fold]');
  if (!button) return;
  const box = button.closest('details');
  box.open = false;
  box.querySelector('summary').focus();
});

// Copies the first day of a week to the days after it.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy-day]');
  if (!button) return;
  const form = button.closest('form');
  const from = button.dataset.copyDay;
  for (const to of button.dataset.copyTo.split(' ')) {
    for (const field of form.querySelectorAll(`[name^="${from}_"]`)) {
      const other = form.elements[field.name.replace(`${from}_`, `${to}_`)];
      if (!other) continue;
      other.value = field.value;
      const folded = other.closest('details');
      if (folded && field.value !== '') folded.open = true;
    }
  }
  showWhatMatters(form);
});
