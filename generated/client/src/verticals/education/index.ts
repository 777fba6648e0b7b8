export * from "./course.js";
export * from "./enrollment.js";
export * from "./instructor.js";
export * from "./lesson.js";
