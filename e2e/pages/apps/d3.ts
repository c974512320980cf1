import * as d3 from "d3";
import { feature } from "topojson-client";

const size = { width: 1240, height: 460 };
const app = d3.select("#app");
app.append("button").attr("id", "turn").text("Turn");
app.append("button").attr("id", "shake").text("Shake");
const map = app.append("svg").attr("width", size.width).attr("height", size.height);
const graph = app.append("svg").attr("id", "graph").attr("width", size.width).attr("height", 280);

const projection = d3.geoOrthographic().fitSize([size.width, size.height], { type: "Sphere" });
const path = d3.geoPath(projection);
const draw = () =>
  map.selectAll<SVGPathElement, d3.GeoPermissibleObjects>("path").attr("d", (it) => path(it) ?? "");
fetch("/world.json")
  .then((answer) => answer.json())
  .then((world) => {
    const countries = feature(world, world.objects.countries) as unknown as GeoJSON.FeatureCollection;
    map.append("path").datum(d3.geoGraticule10()).attr("fill", "none").attr("stroke", "#ddd");
    map
      .selectAll("path.land")
      .data(countries.features)
      .join("path")
      .attr("class", "land")
      .attr("fill", (_country, i) => d3.interpolateBlues(0.3 + ((i * 7) % 10) / 20))
      .attr("stroke", "#fff");
    draw();
  });
d3.select("#turn").on("click", () => {
  const [lambda, phi] = projection.rotate();
  projection.rotate([lambda + 25, phi - 5]);
  draw();
});

interface Dot extends d3.SimulationNodeDatum {
  id: number;
}
const dots: Dot[] = d3.range(120).map((id) => ({ id }));
const links = d3.range(1, 120).map((id) => ({ source: Math.floor(id / 3), target: id }));
const simulation = d3
  .forceSimulation(dots)
  .force("charge", d3.forceManyBody().strength(-20))
  .force("link", d3.forceLink(links).distance(14))
  .force("center", d3.forceCenter(size.width / 2, 140))
  .stop();
simulation.tick(60);
const line = graph.selectAll("line").data(links).join("line").attr("stroke", "#999");
const circle = graph.selectAll("circle").data(dots).join("circle").attr("r", 4).attr("fill", "steelblue");
const place = () => {
  line
    .attr("x1", ({ source }) => (source as unknown as Dot).x ?? 0)
    .attr("y1", ({ source }) => (source as unknown as Dot).y ?? 0)
    .attr("x2", ({ target }) => (target as unknown as Dot).x ?? 0)
    .attr("y2", ({ target }) => (target as unknown as Dot).y ?? 0);
  circle.attr("cx", ({ x }) => x ?? 0).attr("cy", ({ y }) => y ?? 0);
};
place();
// The same number of steps in every run, a step a frame.
d3.select("#shake").on("click", () => {
  simulation.alpha(0.6);
  let steps = 0;
  const step = () => {
    simulation.tick();
    place();
    if (++steps < 60) requestAnimationFrame(step);
    else graph.attr("data-still", "");
  };
  step();
});
