#pragma once

// Method resolution orders: the bases of every class, followed over modules, in C3 order. Inheritance may be thousands
// deep or circular, so it is walked with a stack of its own.

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/names/name_search.h"
#include "analyzer/names/names.h"

namespace hasten {

class ResolutionOrders {
 public:
  explicit ResolutionOrders(NameSearch& search) : search_(search) {}

  [[nodiscard]] const Names::Mro& of(ClassRef class_);
  /// Null while the order of this class is being found: then only its own body can be asked.
  [[nodiscard]] const Names::Mro* if_known(ClassRef class_);

 private:
  struct Bases {
    std::vector<ClassRef> classes;
    std::vector<std::string> external;
    bool has_unknown = false;
  };
  const Bases& bases(ClassRef class_);
  void add_base(ClassRef class_, ExprId base, Bases& bases);
  void add_called_base(ClassRef class_, ExprId call, Bases& bases);
  [[nodiscard]] Names::Mro merged(ClassRef class_, const Bases& bases) const;

  NameSearch& search_;
  std::unordered_map<ClassRef, Bases> bases_;
  std::unordered_map<ClassRef, Names::Mro> orders_;
  std::unordered_set<ClassRef> open_;
  int nesting_ = 0;
};

}  // namespace hasten
