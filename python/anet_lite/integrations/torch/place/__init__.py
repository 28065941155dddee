"""The place where a number first was not finite: `module_sums` measures, `find` reads the sums, `words` says it."""
