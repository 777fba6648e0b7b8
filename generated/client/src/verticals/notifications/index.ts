export * from "./notification.js";
export * from "./preference.js";
export * from "./template.js";
