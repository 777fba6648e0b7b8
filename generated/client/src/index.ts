export * from "./core/index.js";
export * from "./verticals/agents/index.js";
export * from "./verticals/community/index.js";
export * from "./verticals/education/index.js";
export * from "./verticals/lab/index.js";
export * from "./verticals/notifications/index.js";
export * from "./verticals/projects/index.js";
