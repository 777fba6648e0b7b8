export * from "./post.js";
export * from "./reaction.js";
export * from "./space.js";
export * from "./thread.js";
