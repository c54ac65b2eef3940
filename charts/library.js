// The parts of the chart library that the site draws with. `make build` joins them into
// assets/echarts.min.js, one script that is called `echarts`.
export { getInstanceByDom, init, setPlatformAPI } from "echarts/core";
import { use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([LineChart, BarChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent,
  MarkLineComponent, LabelLayout, CanvasRenderer, SVGRenderer]);
