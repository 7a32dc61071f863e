// The cut: curves with their intervals, and the bounds and laws beside them.

// The curves of the cut: one for each value of the axis that compares, at most as many as there are colours.
const curvesOf = () => {
  const { table, along, across, by, quantity } = meaning();
  const value = quantity.of(table);
  const held = by ? by.values.indexOf(view.held[by.name]) : 0;
  let which = by ? by.values.map((_, i) => i) : [0];
  if (which.length > mostCurves) {
    // Evenly along the axis, the held one among them.
    const step = (which.length - 1) / (mostCurves - 1);
    which = Array.from({ length: mostCurves }, (_, k) => Math.round(k * step));
    if (!which.includes(held)) {
      const nearest = which.reduce((best, k, at) => (Math.abs(k - held) < Math.abs(which[best] - held) ? at : best), 0);
      which[nearest] = held;
    }
  }
  const left = by ? by.values.length - which.length : 0;
  const curves = which.map((k) => ({
    colour: page.series[which.indexOf(k) % mostCurves],
    isHeld: !by || k === held,
    label: by ? `${by.label}: ${by.shown[k]}` : htmlOf(quantity, table, meaning().measure),
    word: by ? by.shown[k] : '',
    points: along.values.map((_, i) => {
      const row = rowAt(table, by ? { [along.name]: i, [by.name]: k } : { [along.name]: i });
      return { at: i, row, drawn: row === undefined ? [null, null, null] : value(row) };
    }),
  }));
  return { curves: curves.filter((curve) => curve.points.some((point) => point.row !== undefined)), left };
};

const symbols = ['circle', 'square', 'triangle-up', 'diamond', 'circle-open', 'square-open', 'triangle-up-open'];

// A bound or a law beside the curves: once if all share it, else one for each.
const companions = (curves, values, name, along, dash) => {
  if (!values) return [];
  const of = (curve) => curve.points.map(({ row }) => (row === undefined ? null : values[row]));
  const lines = curves.map((curve) => ({ curve, ys: of(curve) })).filter(({ ys }) => ys.some(isNumber));
  const isShared = lines.every(({ ys }) => ys.every((y, i) => y === lines[0].ys[i]));
  return (isShared ? lines.slice(0, 1) : lines).map(({ curve, ys }) => ({
    x: positions(along),
    y: ys,
    mode: 'lines',
    name: isShared ? name : `${name}, ${curve.word}`,
    line: { color: isShared ? page.ink : curve.colour, width: 1.5, dash },
    hoverinfo: 'skip',
  }));
};

const drawCut = () => {
  const { table, measure, along, across, by, quantity } = meaning();
  const { curves, left } = curvesOf();
  const log = view.logValue;
  const xs = positions(along);
  const traces = curves.map((curve, k) => ({
    x: xs,
    y: curve.points.map(({ drawn }) => (isNumber(drawn[0]) && (!log || drawn[0] > 0) ? drawn[0] : null)),
    mode: 'lines+markers',
    name: curve.label,
    connectgaps: false,
    line: { color: curve.colour, width: curve.isHeld ? 2.4 : 1.3 },
    marker: { color: curve.colour, size: curve.isHeld ? 8 : 6, symbol: symbols[k % symbols.length] },
    error_y: {
      type: 'data',
      symmetric: false,
      array: curve.points.map(({ drawn: [v, , high] }) => (isNumber(high) ? high - v : 0)),
      arrayminus: curve.points.map(({ drawn: [v, low] }) => (isNumber(low) ? v - low : 0)),
      color: curve.colour,
      thickness: 1.2,
      width: 3.5,
    },
    text: curve.points.map(({ at, row }) =>
      [...(by ? [curve.label] : []), `${along.label}: ${along.shown[at]}`, ...linesOf(table, row)].join('<br>'),
    ),
    hoverinfo: 'text',
  }));
  if (view.show === 'mean') {
    traces.push(...companions(curves, table.bound, table.boundLabel, along, 'solid'));
    traces.push(...companions(curves, table.computed, table.computedLabel, along, 'dash'));
  }
  const ends = traces
    .flatMap((trace) => trace.y.concat(trace.error_y ? trace.y.flatMap((y, i) => [y + trace.error_y.array[i], y - trace.error_y.arrayminus[i]]) : []))
    .concat(quantity.isRatio ? [1] : [])
    .filter((y) => isNumber(y) && (!log || y > 0));
  let [low, high] = ends.length ? extent(ends) : [log ? 0.1 : 0, 1];
  if (log) {
    const room = Math.max(0.06, 0.05 * Math.log10(high / low));
    [low, high] = [low / 10 ** room, high * 10 ** room];
  } else {
    if (low >= 0 && low < high / 2) low = 0;
    const room = 0.05 * (high - low) || Math.abs(high) / 10 || 0.5;
    [low, high] = [low === 0 ? 0 : low - room, high + room];
  }
  const logAlong = along.name === view.x ? view.logX : view.logY;
  const ex = edges(along, logAlong);
  const vertical = axisLayout({ label: htmlOf(quantity, table, measure), numbers: [] }, log, [low, high]);
  const layout = layoutOf(axisLayout(along, logAlong, [ex[0], ex[ex.length - 1]]), vertical, {
    showlegend: true,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', traceorder: 'normal', font: { size: 13 } },
    shapes: quantity.isRatio
      ? [{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 1, y1: 1, line: { color: page.ink, width: 1, dash: 'dot' } }]
      : [],
  });
  Plotly.react(byId('cut'), traces, layout, config);
  const number = curves.length === 1 ? 'one curve' : `${curves.length} curves`;
  byId('cut-title').innerHTML = `Cut along ${along.label}`;
  const without = [along, ...(by ? [by] : [])];
  byId('cut-held').innerHTML =
    heldWords(table, without) + (left > 0 ? ` ${curves.length} of ${curves.length + left} curves are drawn.` : '');
  byId('cut').setAttribute(
    'aria-label',
    `${quantity.name(table, measure)} against ${along.plain}, ${number}` +
      (by ? ` for ${by.plain} ${curves.map((curve) => curve.word).join(', ')}` : '') +
      '. The same values are in the table of the cut.',
  );
  cutTable(curves);
  return curves;
};
