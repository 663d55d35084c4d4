#pragma once

// The one symbol that tree-sitter-python exports.

#include <tree_sitter/api.h>

extern "C" const TSLanguage* tree_sitter_python(void);
