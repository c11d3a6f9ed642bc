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
function scroller() {
  return thread.querySelector('.talk');
}
if (thread) {
  const toEnd = () => {
    scroller().scrollTop = scroller().scrollHeight;
  };
  toEnd();
  let readAt = null;
  let lines = scroller().children.length;
  thread.addEventListener('htmx:beforeSwap', () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller();
    readAt = scrollHeight - scrollTop - clientHeight < 80 ? null : scrollTop;
  });
  thread.addEventListener('htmx:afterSwap', () => {
    if (readAt === null) toEnd();
    else scroller().scrollTop = readAt;
    // Only that there is something new is read out, not the whole talk again.
    if (scroller().children.length > lines) document.getElementById('news').textContent = thread.dataset.news;
    else document.getElementById('news').textContent = '';
    lines = scroller().children.length;
  });
}
