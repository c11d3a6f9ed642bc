// A placeholder at the place where one is writing.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-insert]');
  const field = button && document.getElementById(button.dataset.into);
  if (!field) return;
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

// The chart draws what the table beside it says; whoever cannot see it loses nothing.
const COLOURS = ['#0b6b4f', '#0a5a8a', '#8a4b00', '#6a3d8f'];
const charts = new Map();
function readTable(table) {
  const kept = [...table.tHead.rows[0].cells].slice(1).filter((cell) => !('sum' in cell.dataset));
  const lines = [...table.tBodies[0].rows];
  return {
    heads: lines.map((line) => line.cells[0].textContent),
    rows: kept.map((cell) => ({
      name: cell.textContent,
      figures: lines.map((line) => Number(line.cells[cell.cellIndex].textContent)),
    })),
  };
}
// Each channel has a place of its own beside the others, one group for each state.
function columnsOf({ heads, rows }) {
  const step = rows.length + 1;
  const places = heads.flatMap((_, group) => rows.map((_, at) => group * step + at));
  return [
    places,
    ...rows.map(({ figures }, mine) => places.map((x) => (x % step === mine ? figures[Math.floor(x / step)] : null))),
  ];
}
function drawChart(box) {
  const table = document.getElementById(box.dataset.chart);
  if (!table || !window.uPlot) return;
  const read = readTable(table);
  if (read.rows.length === 0) return;
  const step = read.rows.length + 1;
  const shape = JSON.stringify([read.heads, read.rows.map(({ name }) => name), box.clientWidth]);
  const known = charts.get(box.id);
  if (known && known.shape === shape && box.firstChild) return known.chart.setData(columnsOf(read));
  box.replaceChildren();
  const options = {
    width: Math.max(260, box.clientWidth),
    height: 240,
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.8, read.heads.length * step - 1.2] },
      y: { range: (_, _min, max) => [0, Math.max(1, max * 1.1)] },
    },
    axes: [
      {
        splits: () => read.heads.map((_, group) => group * step + (step - 2) / 2),
        values: () => read.heads,
        grid: { show: false },
        rotate: box.clientWidth < 700 ? -60 : 0,
        size: box.clientWidth < 700 ? 110 : 40,
        gap: 4,
      },
      { size: 56, values: (_, splits) => splits.map((figure) => (Number.isInteger(figure) ? String(figure) : '')) },
    ],
    series: [
      {},
      ...read.rows.map(({ name }, at) => ({
        label: name,
        stroke: COLOURS[at % COLOURS.length],
        fill: COLOURS[at % COLOURS.length],
        paths: window.uPlot.paths.bars({ size: [0.9, 60] }),
        points: { show: false },
      })),
    ],
    legend: { live: false },
  };
  charts.set(box.id, { shape, chart: new window.uPlot(options, columnsOf(read), box) });
}
function drawCharts() {
  for (const box of document.querySelectorAll('[data-chart]')) drawChart(box);
}
if (document.querySelector('[data-chart]')) {
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/console/assets/uplot.css' });
  const library = Object.assign(document.createElement('script'), { src: '/console/assets/uplot.js' });
  library.addEventListener('load', drawCharts);
  document.head.append(style, library);
}
document.addEventListener('htmx:afterSettle', drawCharts);
window.addEventListener('resize', drawCharts);
