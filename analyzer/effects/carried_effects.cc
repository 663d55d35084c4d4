#include "analyzer/effects/carried_effects.h"

#include <algorithm>
#include <array>
#include <deque>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "analyzer/effects/call_facts.h"
#include "analyzer/effects/guards.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

constexpr std::array carried_kinds = {EffectKind::file_write, EffectKind::file_read, EffectKind::database,
                                      EffectKind::port,       EffectKind::network,   EffectKind::sleep};

bool is_carried(EffectKind kind) { return std::ranges::find(carried_kinds, kind) != carried_kinds.end(); }

/// Does the row say what it touches, or for how long?
bool is_told(const Effect& effect) {
  switch (effect.kind) {
    case EffectKind::file_write:
    case EffectKind::file_read: return effect.root != PathRoot::unknown && effect.root != PathRoot::none;
    case EffectKind::sleep: return effect.seconds.known();
    default: return static_cast<bool>(effect.resource) || effect.is_private != 0;
  }
}

bool says_the_same(const std::vector<CallEffect>& one, const std::vector<CallEffect>& other) {
  return std::ranges::equal(one, other, [](const CallEffect& a, const CallEffect& b) {
    const auto key = [](const Effect& row) {
      return std::tuple(row.kind, row.root, row.resource, row.is_private, row.seconds.known(), row.seconds.value);
    };
    return key(a.row) == key(b.row);
  });
}

/// An API whose call leaves something to parameters of the function at the front, and the calls from there to it.
struct Open {
  BodyId body;
  BodyId api_body;                  // that the API is called in
  std::vector<CallRef> through;     // the API's call last
  std::vector<FunctionRef> within;  // whose body each of them stands in
  std::vector<ParamId> params;      // of `body`'s function
  bool has_default_effect = false;  // what happens when nothing is passed is an effect already
  bool is_beside = false;
  bool is_possible = false;
  bool is_at_end = false;
};

struct Caller {
  BodyId callee;
  BodyId caller;
  std::uint32_t call = 0;  // position in the caller's calls
};

class Carrier {
 public:
  Carrier(Table<BodyTag, Body>& bodies, ProjectTables& tables, Values& values, Calls& calls, Receivers& receivers,
          EffectDetail detail)
      : bodies_(bodies), tables_(tables), values_(values), calls_(calls), receivers_(receivers), detail_(detail) {}

  void carry() {
    find_callers();
    for (const BodyId id : bodies_.ids()) find_open(id);
    for (; !open_.empty() && questions_ < max_questions; open_.pop_front()) ask_callers(open_.front());
    std::ranges::sort(changed_);
    const auto repeated = std::ranges::unique(changed_);
    changed_.erase(repeated.begin(), repeated.end());
    for (const BodyId id : changed_) std::ranges::stable_sort(bodies_[id].effects, {}, &DirectEffect::at);
  }

 private:
  void find_callers() {
    for (const BodyId id : bodies_.ids()) {
      const std::vector<BodyCall>& calls = bodies_[id].calls;
      for (std::uint32_t i = 0; i < calls.size(); ++i) {
        if (calls[i].callee == id) recursive_.insert(bodies_[id].function);
        if (calls[i].call && calls[i].callee != id) callers_.push_back({calls[i].callee, id, i});
      }
    }
    sort_callers();
  }

  /// Counted, not compared: there are as many as calls.
  void sort_callers() {
    first_caller_.assign(bodies_.size() + 1, 0);
    for (const Caller& caller : callers_) ++first_caller_[caller.callee.index() + 1];
    std::partial_sum(first_caller_.begin(), first_caller_.end(), first_caller_.begin());
    std::vector<std::uint32_t> next = first_caller_;
    std::vector<Caller> sorted(callers_.size());
    for (const Caller& caller : callers_) sorted[next[caller.callee.index()]++] = caller;
    callers_ = std::move(sorted);
  }

  [[nodiscard]] std::span<const Caller> callers_of(BodyId id) const {
    const std::size_t first = first_caller_[id.index()], count = first_caller_[id.index() + 1] - first;
    return std::span(callers_).subspan(first, std::min(count, max_callers));
  }

  /// API calls of the body that ask for parameters.
  void find_open(BodyId id) {
    const FunctionRef function = bodies_[id].function;
    const Function& row = tables_.files[function.file].model.functions[function.id];
    const std::size_t given = takes_receiver(tables_.files[function.file].model, function.id) ? 1 : 0;
    if (row.params.size() <= given || callers_of(id).empty()) return;
    for (const CallId call : calls_.of(function)) {
      const Callee& callee = calls_.callee(function.file, call);
      if (&receivers_.callee(function, call, bodies_[id].receiver) != &callee) continue;
      if (callee.api == nullptr || callee.is_possible || !touches(callee.api->effects)) continue;
      Frame frame{.function = function};
      Open open{.body = id, .api_body = id, .through = {{function.file, call}}, .within = {function}, .params = {}};
      const std::vector<CallEffect> known = effects_of({function.file, call}, frame);
      (void)is_kept_from({function.file, call}, frame);
      if (frame.open.empty() || std::ranges::any_of(known, [](const CallEffect& one) { return is_told(one.row); })) {
        continue;
      }
      open.params = std::move(frame.open);
      open.has_default_effect = std::ranges::any_of(bodies_[id].effects, [&](const DirectEffect& effect) {
        return effect.call == call && !effect.assumed.empty();
      });
      open_.push_back(std::move(open));
    }
  }

  static bool touches(const EffectSet& effects) {
    return std::ranges::any_of(carried_kinds, [&](EffectKind kind) { return effects.has(kind); });
  }

  std::vector<CallEffect> effects_of(CallRef api, Frame& frame) {
    ++questions_;
    const CallSite site{tables_, values_, api.file, api.id, {}, &frame};
    std::vector<CallEffect> effects = effects_of_call(site, calls_.callee(api.file, api.id), detail_);
    std::erase_if(effects, [](const CallEffect& effect) { return !is_carried(effect.row.kind); });
    return effects;
  }

  void ask_callers(const Open& open) {
    Frame nobody{.function = bodies_[open.body].function};
    const std::vector<CallEffect> before = under(open, nobody);
    for (const Caller& caller : callers_of(open.body)) {
      if (questions_ >= max_questions) return;
      const BodyCall& call = bodies_[caller.caller].calls[caller.call];
      if (!says_something(open, caller.caller, call)) continue;
      const FunctionRef around = bodies_[caller.caller].function;
      Frame outermost{.function = around};
      Frame frame = passing(open.body, around, call, outermost);
      const std::vector<CallEffect> after = under(open, frame);
      const bool is_one = std::ranges::all_of(after, [](const CallEffect& effect) { return is_told(effect.row); });
      const bool is_last = outermost.open.empty() || callers_of(caller.caller).empty();
      if ((is_one || is_last) && (open.has_default_effect || !says_the_same(before, after))) {
        settle(open, caller.caller, call, after);
      } else if (!is_last && open.through.size() < max_hops) {
        Open further = open;
        further.body = caller.caller;
        further.through.insert(further.through.begin(), CallRef{around.file, call.call});
        further.within.insert(further.within.begin(), around);
        further.params = std::move(outermost.open);
        further.has_default_effect = false;
        further.is_beside |= call.is_beside;
        further.is_possible |= call.is_possible;
        further.is_at_end |= call.is_at_end;
        open_.push_back(std::move(further));
      }
    }
  }

  /// The call itself runs the function, and passes one of the open parameters or leaves it at its default.
  bool says_something(const Open& open, BodyId caller, const BodyCall& call) {
    const FileId file = bodies_[caller].function.file;
    const FunctionRef callee = bodies_[open.body].function;
    const std::vector<FunctionRef>& called = calls_.callee(file, call.call).functions;
    if (!call.is_chosen && std::ranges::find(called, callee) == called.end()) return false;
    const FileModel& model = tables_.files[file].model;
    const FileModel& in = tables_.files[callee.file].model;
    const ExprId expr = model.calls[call.call].expr;
    return std::ranges::any_of(open.params, [&](ParamId param) {
      return passed_for(model, expr, in, callee.id, param) ||
             (in.params[param].default_value && !open.has_default_effect);
    });
  }

  Frame passing(BodyId callee, FunctionRef around, const BodyCall& call, Frame& outermost) const {
    const FileModel& model = tables_.files[around.file].model;
    return {.function = bodies_[callee].function,
            .file = around.file,
            .block = call.block,
            .call = model.calls[call.call].expr,
            .outer = &outermost};
  }

  /// What the API does when `frame` says what the parameters of the function at the front stand for.
  std::vector<CallEffect> under(const Open& open, Frame& frame) {
    std::vector<Frame> frames;
    frames.reserve(open.through.size());  // they point at each other
    Frame* outer = &frame;
    for (std::size_t i = 0; i + 1 < open.through.size(); ++i) {
      const CallRef call = open.through[i];
      if (is_kept_from(call, *outer)) return {};
      const Call& row = tables_.files[call.file].model.calls[call.id];
      frames.push_back(
          {.function = open.within[i + 1], .file = call.file, .block = row.block, .call = row.expr, .outer = outer});
      outer = &frames.back();
    }
    if (is_kept_from(open.through.back(), *outer)) return {};
    return effects_of(open.through.back(), *outer);
  }

  /// A function that calls itself passes itself something else.
  bool is_kept_from(CallRef call, Frame& frame) {
    return !recursive_.contains(frame.function) && is_ruled_out(call, frame, tables_, values_);
  }

  void settle(const Open& open, BodyId caller, const BodyCall& call, const std::vector<CallEffect>& effects) {
    Body& body = bodies_[caller];
    if (body.settled.size() >= max_carried) return;
    mark_open(open);
    body.settled.push_back({call.call, open.through});
    const FileId file = body.function.file;
    const FileModel& model = tables_.files[file].model;
    const Call& row = model.calls[call.call];
    std::uint32_t repeats = repeats_of({tables_, values_, file, call.call});
    for (std::size_t i = 0; i + 1 < open.through.size(); ++i) {
      repeats *= repeats_of({tables_, values_, open.through[i].file, open.through[i].id});
    }
    for (const CallEffect& effect : effects) {
      if ((open.is_beside || call.is_beside) && effect.row.kind == EffectKind::sleep) continue;
      DirectEffect carried;
      carried.row = effect.row;
      carried.row.function = open.within.back().id;
      carried.row.told = {file, model.exprs[model.first_child(row.expr)].range};
      carried.row.repeats *= repeats;
      carried.statement = row.statement;
      carried.block = row.block;
      carried.call = call.call;
      carried.is_at_end = open.is_at_end || call.is_at_end;
      carried.is_possible = open.is_possible || call.is_possible;
      carried.through = open.through;
      body.own.add(carried.row.kind);
      body.effects.push_back(std::move(carried));
      changed_.push_back(caller);
    }
  }

  void mark_open(const Open& open) {
    for (DirectEffect& effect : bodies_[open.api_body].effects) {
      effect.is_open |= effect.through.empty() && effect.call == open.through.back().id;
    }
  }

  Table<BodyTag, Body>& bodies_;
  ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  Receivers& receivers_;
  EffectDetail detail_;
  std::vector<Caller> callers_;              // by callee
  std::vector<std::uint32_t> first_caller_;  // by callee, and the end
  std::unordered_set<FunctionRef> recursive_;
  std::deque<Open> open_;
  std::vector<BodyId> changed_;
  std::size_t questions_ = 0;
};

}  // namespace

void add_carried_effects(Table<BodyTag, Body>& bodies, ProjectTables& tables, Values& values, Calls& calls,
                         Receivers& receivers, EffectDetail detail) {
  Carrier(bodies, tables, values, calls, receivers, detail).carry();
}

}  // namespace hasten
