"""The TypeScript client: a fixed core, and what each spec adds to it."""
