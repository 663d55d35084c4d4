# tree-sitter and tree-sitter-python from the npm packages that grammars/package-lock.json pins.
add_library(hasten_grammars INTERFACE)
