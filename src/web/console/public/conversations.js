// A tap on a canned reply fills the field instead of loading the page anew; without this the link does the same.
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-fill]');
  const field = document.getElementById('text');
  if (!link || !field) return;
  event.preventDefault();
  field.value = field.value.trim() === '' ? link.dataset.fill : `${field.value.trimEnd()}\n${link.dataset.fill}`;
  field.focus();
});

// The latest word is the one to be seen, unless somebody is reading further up.
const thread = document.getElementById('thread');
function atEnd() {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
}
if (thread) {
  thread.scrollTop = thread.scrollHeight;
  let follow = true;
  thread.addEventListener('htmx:beforeSwap', () => {
    follow = atEnd();
  });
  thread.addEventListener('htmx:afterSwap', () => {
    if (follow) thread.scrollTop = thread.scrollHeight;
  });
}
