export * from "./comment.js";
export * from "./issue.js";
export * from "./label.js";
export * from "./milestone.js";
export * from "./project.js";
