export * from "./dataset.js";
export * from "./experiment.js";
export * from "./experiment-run.js";
export * from "./metric.js";
