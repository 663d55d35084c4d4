#include "analyzer/knowledge/knowledge.h"

namespace hasten {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::none: return "none";
    case Role::patch: return "patch";
    case Role::patch_object: return "patch-object";
    case Role::patch_dict: return "patch-dict";
    case Role::patch_multiple: return "patch-multiple";
    case Role::setattr_: return "setattr";
    case Role::setitem: return "setitem";
    case Role::spy: return "spy";
    case Role::mask: return "mask";
    case Role::start: return "start";
    case Role::stop: return "stop";
    case Role::add_cleanup: return "add-cleanup";
    case Role::enter_context: return "enter-context";
    case Role::dynamic_fixture: return "dynamic-fixture";
    case Role::skip: return "skip";
  }
  return "?";
}

}  // namespace hasten
