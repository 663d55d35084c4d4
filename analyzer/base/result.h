#pragma once

// A value or the reason there is none. For the outside world only: files, configuration, protocols. We throw nothing.

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace hasten {

/// Why something could not be done; one sentence, lower case, no full stop.
struct Failure {
  std::string message;
};

template <class Value, class Reason = Failure>
class [[nodiscard]] Result {
 public:
  Result(Value value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Reason reason) : state_(std::in_place_index<1>, std::move(reason)) {}

  explicit operator bool() const { return state_.index() == 0; }
  [[nodiscard]] Value& operator*() { return std::get<0>(state_); }
  [[nodiscard]] const Value& operator*() const { return std::get<0>(state_); }
  [[nodiscard]] Value* operator->() { return &std::get<0>(state_); }
  [[nodiscard]] const Value* operator->() const { return &std::get<0>(state_); }
  [[nodiscard]] const Reason& reason() const {
    assert(state_.index() == 1);
    return std::get<1>(state_);
  }

 private:
  std::variant<Value, Reason> state_;
};

}  // namespace hasten
