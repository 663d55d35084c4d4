#include "analyzer/syntax/parser.h"

#include "analyzer/syntax/arena.h"
#include "analyzer/syntax/tree.h"

namespace hasten {

Parser::Parser() : arena_(std::make_unique<Arena>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

Tree Parser::parse(std::string_view bytes) { return Tree(bytes, *arena_); }

std::size_t Parser::held_bytes() const { return arena_->held_bytes(); }

}  // namespace hasten
