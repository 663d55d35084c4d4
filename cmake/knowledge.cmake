# rules/knowledge/*.toml -> sorted constexpr tables.
