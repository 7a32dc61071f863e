// Axes of the pictures, their ticks, and what all pictures share.

const positions = (axis) => axis.numbers || axis.values.map((_, i) => i);

const edges = (axis, log) => {
  const units = positions(axis).map((value) => (log ? Math.log10(value) : value));
  const middle = units.slice(1).map((value, i) => (value + units[i]) / 2);
  const half = units.length > 1 ? [middle[0] - units[0], units[units.length - 1] - middle[middle.length - 1]] : [0.5, 0.5];
  const all = [units[0] - half[0], ...middle, units[units.length - 1] + half[1]];
  return log ? all.map((value) => 10 ** value) : all;
};

const axisLayout = (axis, log, range) => ({
  title: { text: axis.label, standoff: 8 },
  type: log ? 'log' : 'linear',
  range: range.map((value) => (log ? Math.log10(value) : value)),
  automargin: true,
  ticks: 'outside',
  ticklen: 5,
  tickcolor: page.ink,
  showline: true,
  linecolor: page.ink,
  mirror: true,
  zeroline: false,
  gridcolor: '#e2e2e2',
  exponentformat: 'power',
  minexponent: 4,
  ...(axis.numbers ? ticksOf(range, log) : { tickmode: 'array', tickvals: positions(axis), ticktext: axis.shown }),
});

// Between decades a logarithmic axis has digits of its own, whose meaning nobody guesses: whole numbers instead.
const ticksOf = ([low, high], log) => {
  if (!log) return { nticks: 7 };
  const ticks = logTicks(Math.log10(low), Math.log10(high));
  return { tickmode: 'array', tickvals: ticks.map((tick) => 10 ** tick), ticktext: ticks.map((tick) => label(10 ** tick)) };
};

const logTicks = (low, high) => {
  const decades = high - low;
  const parts = decades > 2.2 ? [1] : decades > 1 ? [1, 3] : [1, 2, 3, 5, 7];
  const step = Math.max(1, Math.ceil(decades / 7));
  const ticks = [];
  for (let e = Math.floor(low); e <= Math.ceil(high); e += 1) {
    if (parts.length === 1 && e % step !== 0) continue;
    for (const part of parts) {
      const tick = e + Math.log10(part);
      if (tick >= low - 1e-9 && tick <= high + 1e-9) ticks.push(tick);
    }
  }
  return ticks.length > 1 ? ticks : [low, high];
};

const label = (value) => {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.00999 && size < 1000.5)) return bare(value.toPrecision(3));
  const [mantissa, exponent] = value.toExponential(1).split('e');
  const power = `10<sup>${Number(exponent)}</sup>`.replace('-', '−');
  return bare(mantissa) === '1' ? power : `${bare(mantissa)}×${power}`;
};

const layoutOf = (x, y, more) => ({
  font: { family: 'Figures, serif', size: 14, color: page.ink },
  margin: { l: 60, r: 12, t: 12, b: 50 },
  paper_bgcolor: '#ffffff',
  plot_bgcolor: '#ffffff',
  hovermode: 'closest',
  hoverlabel: { bgcolor: '#ffffff', bordercolor: page.ink, font: { family: 'Figures, serif', size: 13, color: page.ink } },
  xaxis: x,
  yaxis: y,
  ...more,
});

const config = { responsive: true, displayModeBar: false, displaylogo: false, showLink: false, plotlyServerURL: '' };
