// The whole page: it is drawn after each change, and opens with what its address says.

const tell = (words) => {
  byId('status').textContent = words;
};

const factsOf = (table) => {
  const fixed = table.axes.filter((axis) => axis.values.length === 1).map((axis) => `${axis.label}: ${axis.shown[0]}`);
  return fixed.join('; ');
};

// The value where the lists hold every axis, in words: what a look at the map and the cut gives.
const heldValue = (table) => {
  const row = rowAt(table, {});
  const place = table.varied.map((axis) => `${axis.plain} ${axis.shown[axis.values.indexOf(view.held[axis.name])]}`).join(', ');
  if (row === undefined) return `At ${place} there is no value.`;
  const interval = isNumber(table.lower[row]) ? `, ${table.interval} ${shown(table.lower[row])} to ${shown(table.upper[row])}` : '';
  const drawn = view.show === 'mean' ? '' : `, ${quantities[view.show].name(table)} ${shown(quantities[view.show].of(table)(row)[0])}`;
  return `At ${place}: mean ${shown(table.mean[row])}${interval}${drawn}.`;
};

const draw = (said) => {
  const { table } = meaning();
  showControls();
  drawMap();
  const curves = drawCut();
  byId('about').innerHTML = table.about;
  byId('about').hidden = table.about === '';
  const facts = factsOf(table);
  byId('facts').innerHTML = facts ? `Fixed throughout: ${facts}.` : '';
  byId('interval-note').textContent = table.intervalNote;
  const points = curves.reduce((sum, curve) => sum + curve.points.filter((point) => isNumber(point.drawn[0])).length, 0);
  const pictured = (id) => byId(id).getAttribute('aria-label').split('. The same')[0];
  const place = view.y ? `${pictured('map')}. ` : '';
  tell(said || `${place}Cut: ${pictured('cut')}, ${points === 1 ? 'one value' : `${points} values`}. ${heldValue(table)}`);
  try {
    history.replaceState(null, '', addressOf());
  } catch {
    location.hash = addressOf();
  }
};

const change = (chosen) => {
  const next = { ...view, ...chosen };
  if ('table' in chosen) view = standard(page.tables.find((t) => t.name === chosen.table));
  else {
    // Two axes that would become one change places.
    if (next.x === next.y) {
      if ('x' in chosen) next.y = view.x;
      else next.x = view.y;
    }
    if (next.y === '') next.along = 'x';
    const isNewScale = ['x', 'y', 'measure', 'show'].some((name) => name in chosen);
    const automatic = isNewScale ? scaled(next) : next;
    view = {
      ...next,
      logX: next.x === view.x ? next.logX : next.x === view.y ? view.logY : automatic.logX,
      logY: next.y === view.y ? next.logY : next.y === view.x ? view.logX : automatic.logY,
      logValue: 'measure' in chosen || 'show' in chosen ? automatic.logValue : next.logValue,
    };
  }
  draw();
};

const open = () => {
  const { final, complaints } = viewOf(location.hash);
  view = final;
  draw(complaints.length ? `The address names what this page does not have: ${complaints.join(', ')}. The rest is shown.` : '');
};

for (const name of ['table', 'measure', 'show', 'x', 'y', 'by', 'along'])
  byId(name).addEventListener('change', (event) => change({ [name]: event.target.value }));
for (const [id, name] of [['log-x', 'logX'], ['log-y', 'logY'], ['log-value', 'logValue']])
  byId(id).addEventListener('change', (event) => change({ [name]: event.target.checked }));

byId('controls').addEventListener('submit', (event) => event.preventDefault());
byId('reset').addEventListener('click', () => change({ table: view.table }));
byId('copy').addEventListener('click', () => {
  const place = byId('address');
  place.hidden = false;
  place.value = location.href;
  place.focus();
  place.select();
  const kept = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
  kept.then(
    () => tell('The address of this view is copied.'),
    () => tell('The address of this view is in the field below the button, selected; copy it from there.'),
  );
});

addEventListener('hashchange', () => {
  if (location.hash.includes('=') && location.hash !== addressOf()) open();
});

const start = () => {
  open();
  let waiting;
  addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(drawMap, 150);
  });
  document.documentElement.dataset.ready = 'true';
};

// Without its face a picture is drawn once, with wrong widths.
const faces = Promise.all(['13px Figures', 'italic 13px Figures'].map((face) => document.fonts.load(face, 'aα1')));
faces.then(start, start);
