// The map: a colour for each cell, and the place of the cut.

const cellsOf = () => {
  const { table, x, y, quantity } = meaning();
  const value = quantity.of(table);
  return y.values.map((_, j) =>
    x.values.map((_, i) => {
      const row = rowAt(table, { [x.name]: i, [y.name]: j });
      return { row, value: row === undefined ? null : value(row)[0] };
    }),
  );
};

const colours = (values, isRatio, log) => {
  const units = values.filter((value) => isNumber(value) && (!log || value > 0)).map((value) => (log ? Math.log10(value) : value));
  let [low, high] = extent(units);
  if (units.length === 0) [low, high] = [0, 1];
  if (isRatio) {
    const middle = log ? 0 : 1;
    const reach = Math.max(Math.abs(low - middle), Math.abs(high - middle), 0.01);
    return { low: middle - reach, high: middle + reach, map: page.diverging };
  }
  if (low === high) [low, high] = [low - (log ? 0.5 : Math.abs(low) / 2 || 0.5), high + (log ? 0.5 : Math.abs(high) / 2 || 0.5)];
  return { low, high, map: page.viridis };
};

const drawMap = () => {
  const { table, measure, x, y, along, across, quantity } = meaning();
  byId('map-part').hidden = !y;
  if (!y) return;
  const cells = cellsOf();
  const values = cells.flat().map((cell) => cell.value);
  const log = view.logValue && values.some((value) => value > 0);
  const scale = colours(values, quantity.isRatio, log);
  const narrow = byId('map').clientWidth < 470;
  const ticks = log ? logTicks(scale.low, scale.high) : null;
  const trace = {
    type: 'heatmap',
    x: edges(x, view.logX),
    y: edges(y, view.logY),
    z: cells.map((line) => line.map(({ value }) => (isNumber(value) && (!log || value > 0) ? (log ? Math.log10(value) : value) : null))),
    text: cells.map((line, j) =>
      line.map((cell, i) => [`${x.label}: ${x.shown[i]}`, `${y.label}: ${y.shown[j]}`, ...linesOf(table, cell.row)].join('<br>')),
    ),
    hoverinfo: 'text',
    hoverongaps: false,
    zmin: scale.low,
    zmax: scale.high,
    colorscale: scale.map.map((colour, i) => [i / (scale.map.length - 1), colour]),
    colorbar: {
      title: { text: htmlOf(quantity, table, measure), side: narrow ? 'bottom' : 'right' },
      thickness: 14,
      outlinecolor: page.ink,
      outlinewidth: 1,
      ticks: 'outside',
      ...(narrow ? { orientation: 'h', yref: 'container', y: 0, yanchor: 'bottom', len: 1 } : {}),
      ...(log
        ? { tickmode: 'array', tickvals: ticks, ticktext: ticks.map((tick) => label(10 ** tick)) }
        : { nticks: 7, exponentformat: 'power' }),
    },
  };
  const [ex, ey] = [trace.x, trace.y];
  const [i, j] = [x.values.indexOf(view.held[x.name]), y.values.indexOf(view.held[y.name])];
  const [px, py] = [positions(x)[i], positions(y)[j]];
  const line = (ends, width, colour) => ({ type: 'line', ...ends, line: { color: colour, width } });
  const cut = along === x ? { xref: 'paper', x0: 0, x1: 1, y0: py, y1: py } : { yref: 'paper', y0: 0, y1: 1, x0: px, x1: px };
  const box = (width, colour) => ({
    type: 'rect', x0: ex[i], x1: ex[i + 1], y0: ey[j], y1: ey[j + 1], line: { color: colour, width },
  });
  const shapes = [line(cut, 3, '#ffffff'), line(cut, 1.2, page.ink), box(4, '#ffffff'), box(1.6, page.ink)];
  const layout = layoutOf(axisLayout(x, view.logX, [ex[0], ex[ex.length - 1]]), axisLayout(y, view.logY, [ey[0], ey[ey.length - 1]]), {
    shapes,
    margin: { l: 60, r: 12, t: 12, b: narrow ? 140 : 50 },
  });
  layout.xaxis.showgrid = layout.yaxis.showgrid = false;
  Plotly.react(byId('map'), [trace], layout, config);
  hearClicks();
  const known = values.filter(isNumber);
  const [low, high] = extent(known);
  byId('map-title').innerHTML = `Map: ${htmlOf(quantity, table, measure)}`;
  const missing = values.length - known.length;
  byId('map').setAttribute(
    'aria-label',
    `Map of ${quantity.name(table, measure)} over ${x.plain} (horizontal) and ${y.plain} (vertical): ` +
      (known.length ? `${known.length} values from ${shown(low)} to ${shown(high)}` : 'no value') +
      (missing ? `, ${missing} cells without one` : '') +
      `. The same values are in the table of the map.`,
  );
  byId('map-held').innerHTML = heldWords(table, [x, y]);
  mapTable(cells);
};

// A click on a cell holds its values; the controls do the same without a pointer.
let hears = false;
const hearClicks = () => {
  if (hears) return;
  hears = true;
  byId('map').on('plotly_click', ({ points: [{ pointIndex }] }) => {
    const { x, y } = meaning();
    const [row, column] = pointIndex;
    change({ held: { ...view.held, [x.name]: x.values[column], [y.name]: y.values[row] } });
  });
};
