#include "analyzer/model/access.h"

namespace hasten {

std::string_view to_string(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::path: return "path";
    case ResourceKind::port: return "port";
    case ResourceKind::database: return "database";
    case ResourceKind::named_object: return "named-object";
    case ResourceKind::service: return "service";
    case ResourceKind::environment: return "environment";
    case ResourceKind::global_state: return "global-state";
    case ResourceKind::process_state: return "process-state";
    case ResourceKind::working_directory: return "working-directory";
  }
  return "?";
}

std::string_view to_string(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::parallel: return "parallel";
    case VerdictKind::grouped: return "grouped";
    case VerdictKind::serial: return "serial";
    case VerdictKind::unknown: return "unknown";
  }
  return "?";
}

VerdictKind verdict_of(ReasonKind reason) {
  switch (reason) {
    case ReasonKind::is_marked:
    case ReasonKind::measures_time: return VerdictKind::serial;
    case ReasonKind::unknown_place:
    case ReasonKind::changes_outside: return VerdictKind::unknown;
    case ReasonKind::meets:
    case ReasonKind::meets_itself:
    case ReasonKind::leaks:
    case ReasonKind::is_leaked_to: return VerdictKind::grouped;
    case ReasonKind::leaves_behind:
    case ReasonKind::asks_outside: return VerdictKind::parallel;
  }
  return VerdictKind::parallel;
}

}  // namespace hasten
