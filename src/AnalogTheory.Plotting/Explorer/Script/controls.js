// The controls, filled with what the view's table has.

// Options change only where they differ: a list that is open stays as it is.
const fill = (select, options, chosen) => {
  const wanted = options.map(([value, words]) => `${value}\n${words}`).join('\n\n');
  if (select.dataset.options !== wanted) {
    select.dataset.options = wanted;
    select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
  }
  select.value = chosen;
  select.disabled = options.length < 2;
};

const valueOptions = (axis) => axis.values.map((value, i) => [value, axis.shown[i]]);

const heldControls = (table) => {
  const place = byId('held');
  if (place.dataset.table !== table.name) {
    place.dataset.table = table.name;
    place.replaceChildren(
      ...table.varied.map((axis) => {
        const label = document.createElement('label');
        const select = document.createElement('select');
        const words = document.createElement('span');
        words.innerHTML = axis.label;
        select.id = `at-${axis.name}`;
        select.addEventListener('change', () => change({ held: { ...view.held, [axis.name]: select.value } }));
        label.append(words, select);
        return label;
      }),
    );
  }
  table.varied.forEach((axis, i) => fill(place.children[i].querySelector('select'), valueOptions(axis), view.held[axis.name]));
};

const showControls = () => {
  const { table, x, y, along, across } = meaning();
  const axes = table.varied.map((axis) => [axis.name, axis.plain]);
  fill(byId('table'), page.tables.map((t) => [t.name, t.title]), view.table);
  fill(byId('measure'), table.measures.map((m) => [m.name, m.plain]), view.measure);
  const possible = Object.entries(quantities).filter(([, quantity]) => quantity.has(table));
  fill(byId('show'), possible.map(([name, q]) => [name, q === quantities.mean ? 'mean' : q.name(table)]), view.show);
  fill(byId('x'), axes, view.x);
  fill(byId('y'), axes.concat([['', 'none: no map']]), view.y);
  fill(byId('along'), [['x', x.plain]].concat(y ? [['y', y.plain]] : []), along === x ? 'x' : 'y');
  fill(byId('by'), [['', 'none: one curve']].concat(axes.filter(([name]) => name !== along.name)), view.by === along.name ? '' : view.by);
  byId('log-x').checked = view.logX;
  byId('log-y').checked = view.logY;
  byId('log-value').checked = view.logValue;
  byId('log-x').disabled = !x.numbers || extent(x.numbers)[0] <= 0;
  byId('log-y').disabled = !y || !y.numbers || extent(y.numbers)[0] <= 0;
  heldControls(table);
  byId('cut-note').textContent = across
    ? `The cut stands where ${across.plain} has its value above; a click on the map moves it.`
    : '';
};
