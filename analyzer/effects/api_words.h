#pragma once

// The last parts of names of APIs (`run` of `subprocess.run`): a call by another word is none of them, which is cheap
// to see before anybody asks what it leads to.

#include <string_view>
#include <unordered_set>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/file_model.h"

namespace hasten {

class ApiWords {
 public:
  /// Of the APIs for which `counts` holds.
  template <class Counts>
  ApiWords(const Knowledge& knowledge, Counts counts) {
    for (const Api& api : knowledge.apis()) {
      if (counts(api)) words_.insert(api.name.substr(api.name.rfind('.') + 1));
    }
  }

  [[nodiscard]] bool may_be_called_by(const FileModel& model, const Call& call) const {
    const std::string_view word = model.word(model.first_child(call.expr));
    return !word.empty() && words_.contains(word);
  }

 private:
  std::unordered_set<std::string_view> words_;
};

}  // namespace hasten
