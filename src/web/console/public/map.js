// Draws a map from the table beside it: what the table says is what the map shows. Without this script the table stays.
/* global L */
const LOOKS = {
  open: { color: '#0b6b4f', fillColor: '#0b6b4f', fillOpacity: 1, weight: 2 },
  closed: { color: '#9c1c28', fillColor: '#fff', fillOpacity: 1, weight: 4 },
  unknown: { color: '#8a4b00', fillColor: '#fff3d6', fillOpacity: 1, weight: 3, dashArray: '4 4' },
  missed: { color: '#8c2f1b', fillColor: '#e8873a', fillOpacity: 0.75, weight: 2 },
  asked: { color: '#0a5a8a', fillColor: '#fff', fillOpacity: 0.6, weight: 2 },
};

function pointsOf(text) {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => part.split(',').map(Number));
}

// A name is text, whatever it holds: the library would read a string as HTML.
function label(text) {
  const box = document.createElement('span');
  box.textContent = text;
  return box;
}

function draw(box) {
  const set = box.dataset;
  const map = L.map(box, { attributionControl: set.tiles !== undefined, zoomControl: false });
  // The library's own prefix carries a flag, which has no place on an office's page.
  map.attributionControl?.setPrefix('Leaflet');
  L.control.zoom({ zoomInTitle: set.zoomIn, zoomOutTitle: set.zoomOut }).addTo(map);
  if (set.tiles) L.tileLayer(set.tiles, { attribution: set.attribution, maxZoom: 18 }).addTo(map);
  const outline = pointsOf(set.outline);
  const frame = L.polygon(outline, {
    color: '#6f8a6a',
    weight: 1.5,
    fillColor: '#dfe9dc',
    fillOpacity: 0.5,
    interactive: false,
  });
  if (outline.length > 2) frame.addTo(map);
  for (const at of pointsOf(set.dots)) {
    L.circleMarker(at, { radius: 2, stroke: false, fillColor: '#7d9378', fillOpacity: 1, interactive: false }).addTo(
      map,
    );
  }
  const seen = [...outline];
  for (const row of document.querySelectorAll(`#${set.table} [data-at]`)) {
    const [at] = pointsOf(row.dataset.at);
    const link = row.querySelector('a');
    const mark = L.circleMarker(at, { radius: Number(row.dataset.size ?? 8), ...LOOKS[row.dataset.look] });
    const words = row.dataset.label ?? Array.from(row.cells, (cell) => cell.textContent).join(': ');
    mark.bindTooltip(label(words));
    if (link) mark.on('click', () => link.click());
    mark.addTo(map);
    seen.push(at);
  }
  if (seen.length > 0) map.fitBounds(L.latLngBounds(seen), { padding: [16, 16] });
}

for (const box of document.querySelectorAll('.leaflet-here')) draw(box);
