/** Line icons on a 16-pixel grid. They accompany words, or a name given to their control. */

const PATHS = {
  add: "M8 3.5v9M3.5 8h9",
  alert: "M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1",
  back: "M10 3.5 5.5 8l4.5 4.5",
  check: "m3.5 8.5 3 3 6-7",
  chevron: "m4.5 6 3.5 3.5L11.5 6",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M5.5 5.5h7v7h-7zM3.5 10.5v-7h7",
  dark: "M12.8 9.6A5.2 5.2 0 0 1 6.4 3.2a5.2 5.2 0 1 0 6.4 6.4z",
  down: "M8 3.5v9M4.5 9 8 12.5 11.5 9",
  edit: "m3 13 .8-3 7-7 2.2 2.2-7 7zM9.5 4.5l2 2",
  light: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  open: "M6 3.5h6.5V10M12.5 3.5l-9 9",
  restore: "M3 8a5 5 0 1 1 1.6 3.7M3 4.5V8h3.5",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  up: "M8 12.5v-9M4.5 7 8 3.5 11.5 7",
  wave: "M1.5 8H4l2-5 3.5 10 2-5h3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
