export * from "./agent.js";
export * from "./agent-version.js";
export * from "./conversation.js";
export * from "./message.js";
export * from "./run.js";
export * from "./tool.js";
