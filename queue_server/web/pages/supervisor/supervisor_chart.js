// Draws the day's chart on a canvas. ECharts is large, so it comes after the figures are there.
import { clockOf } from "./supervisor_chart_board.js";

const SYMBOLS = {
  "●": "circle",
  "■": "rect",
  "▲": "triangle",
  "◆": "diamond",
  "♥": "path://M12 21S3 15 3 8.8A4.8 4.8 0 0 1 12 6.4 4.8 4.8 0 0 1 21 8.8C21 15 12 21 12 21Z",
};
const MOVE_MS = 300;

let chart = null;
let library = null;

/** Draws into `box` whatever `board` says (chartBoard); `words` has `now`. Safe to call again and again. */
export async function drawChart(box, board, words) {
  library ??= import("/common/vendor/echarts/echarts.esm.min.js");
  const echarts = await library;
  if (!box.isConnected) return;
  if (chart === null || chart.getDom() !== box) {
    chart?.dispose();
    chart = echarts.init(box, null, { renderer: "canvas" });
    new ResizeObserver(() => chart?.resize()).observe(box);
  }
  chart.setOption(optionFor(board, words, styleOf(box)), { replaceMerge: ["series"] }); // a band may be gone again
}

/** Colours and sizes come from the page's own variables. */
function styleOf(box) {
  const style = getComputedStyle(box);
  const of = (name) => style.getPropertyValue(name).trim();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || box.closest(".calm") !== null;
  return { of, size: parseFloat(style.fontSize), family: of("--font"), calm };
}

function optionFor(board, words, { of, size, family, calm }) {
  const text = { color: of("--soft"), fontSize: size, fontFamily: family };
  const line = { color: of("--line"), width: 1 };
  return {
    animation: !calm,
    animationDuration: 0,
    animationDurationUpdate: MOVE_MS,
    textStyle: { fontFamily: family },
    grid: { left: size * 2, right: size * 4, top: size * 2.2, bottom: size * 2 },
    xAxis: {
      type: "value",
      min: board.from,
      max: board.until,
      interval: board.until - board.from > 300 ? 60 : 30,
      axisLabel: { ...text, formatter: clockOf, hideOverlap: true },
      axisLine: { lineStyle: line },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: board.top,
      interval: board.top / 4,
      axisLabel: text,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: line },
    },
    series: [
      ...board.lines.map((each, place) => lineFor(each, place === 0 ? board : null, words, { of, size, family })),
      ...board.bands.flatMap((band) => bandFor(band, { of, size })),
    ],
  };
}

function lineFor({ zone, points }, boardOfNow, words, { of, size, family }) {
  const colour = of(`--zone-${zone.tone}`) || of("--ink");
  const last = points[points.length - 1];
  return {
    id: zone.id,
    type: "line",
    data: points.map((point) => ({ value: point, symbolSize: point === last ? size * 0.8 : 0 })),
    symbol: SYMBOLS[zone.shape] ?? "circle",
    showAllSymbol: true,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: size / 5 },
    endLabel: {
      show: (last?.[1] ?? 0) > 0, // a nought on the axis tells nothing that the line does not
      formatter: ({ value }) => `${value[1]}`,
      color: colour,
      fontSize: size * 1.15,
      fontWeight: 700,
      fontFamily: family,
      distance: size * 0.6,
    },
    labelLayout: { moveOverlap: "shiftY" },
    silent: true,
    markLine: boardOfNow && boardOfNow.now !== null ? nowLine(boardOfNow.now, words, { of, size, family }) : { data: [] },
  };
}

/** From the middle of what is foreseen, dashed, up to its upper end. */
function bandFor({ zone, points }, { of, size }) {
  const colour = of(`--zone-${zone.tone}`) || of("--ink");
  const part = { type: "line", stack: `ahead-${zone.id}`, symbol: "none", silent: true, z: 1 };
  return [
    { ...part, id: `ahead-${zone.id}`, data: points.map(([minute, p50]) => [minute, p50]), lineStyle: { color: colour, width: size / 8, type: "dashed" } },
    {
      ...part,
      id: `ahead-${zone.id}-to`,
      data: points.map(([minute, p50, p90]) => [minute, p90 - p50]),
      lineStyle: { width: 0 },
      areaStyle: { color: colour, opacity: 0.18 },
    },
  ];
}

function nowLine(now, words, { of, size, family }) {
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: of("--ink"), width: 2, type: [3, 5] },
    label: { formatter: words.now, position: "end", color: of("--ink"), fontSize: size, fontFamily: family },
    data: [{ xAxis: now }],
  };
}
