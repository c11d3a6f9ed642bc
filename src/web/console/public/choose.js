// A long list of facilities: what is typed narrows it, a kecamatan is ticked as a whole, and one sees how many are ticked.
const areas = [...document.querySelectorAll('details.area')];
const ticksOf = (area) => [...area.querySelectorAll('input[name="facility"]')];
const puskesmasOf = (area) => ticksOf(area).filter((tick) => tick.dataset.puskesmas !== undefined);
const wholeOf = (area) => area.querySelector('input[name="kecamatan"]');

function count() {
  const told = document.querySelector('[data-chosen]');
  if (!told) return;
  const many = areas.flatMap(ticksOf).filter((tick) => tick.checked).length;
  told.hidden = many === 0;
  told.textContent = told.dataset.chosen.replace('#', many);
}

for (const area of areas) {
  const whole = wholeOf(area);
  if (whole?.checked) for (const tick of puskesmasOf(area)) tick.checked = true;
  area.addEventListener('change', ({ target }) => {
    if (target === whole) for (const tick of puskesmasOf(area)) tick.checked = whole.checked;
    else if (whole) whole.checked = puskesmasOf(area).every((tick) => tick.checked);
    count();
  });
}
// A form that is filled again from what was kept tells itself so as a whole.
document.addEventListener('change', count);
count();

document.querySelector('[data-sift]')?.addEventListener('input', ({ target }) => {
  const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text) => words.every((word) => text.toLowerCase().includes(word));
  for (const area of areas) {
    const labels = [...area.querySelectorAll('label.tick')];
    const named = has(area.querySelector('summary').textContent);
    for (const label of labels) label.hidden = !(named || has(label.textContent));
    area.hidden = labels.every((label) => label.hidden);
    if (words.length > 0 && !area.hidden && !named) area.open = true;
  }
});
