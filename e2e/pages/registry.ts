import { antd } from "./antd.ts";
import { articles } from "./articles.ts";
import { d3, echarts, leaflet, mermaid } from "./charts.ts";
import { bootstrap, fullCalendar, icons, sortable } from "./components.ts";
import { codeMirror, quill } from "./editors.ts";
import { govuk } from "./govuk.ts";
import { agGrid, tabulator } from "./grids.ts";
import { materialWeb } from "./material-web.ts";
import { animate, lottie, swiper } from "./motion.ts";
import { mui } from "./mui.ts";
import { reveal } from "./reveal.ts";
import { sbAdmin } from "./sb-admin.ts";
import { shoelace } from "./shoelace.ts";
import { agency, cleanBlog } from "./startbootstrap.ts";
import { stress, virtual } from "./stress.ts";
import { swagger } from "./swagger.ts";
import type { Corpus } from "./types.ts";
import { uikit } from "./uikit.ts";
import { vue } from "./vue.ts";

/**
 * Every page that the mirror is held against. The benchmark plays them all; the end-to-end tests work as an
 * agent on those that name a field or something to click.
 */
export const corpora: readonly Corpus[] = [
  sbAdmin,
  govuk,
  shoelace,
  mui,
  vue,
  cleanBlog,
  agency,
  uikit,
  reveal,
  swagger,
  agGrid,
  tabulator,
  antd,
  materialWeb,
  echarts,
  mermaid,
  d3,
  leaflet,
  animate,
  lottie,
  swiper,
  quill,
  codeMirror,
  articles,
  icons,
  bootstrap,
  sortable,
  fullCalendar,
  virtual,
  stress,
];
