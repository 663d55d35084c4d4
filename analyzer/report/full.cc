// One finding in full:
//
//     warning[HS201]: test_upload sleeps for 2 s
//       --> tests/test_api.py:12:5
//        |
//     12 |     time.sleep(2)
//        |     ^^^^^^^^^^^^^
//        |
//        = chain: 1. test_upload calls client (tests/test_api.py:11)
//                 2. ...
//        = tests: 12 tests, e.g. test_upload, test_push
//        = help: wait for the condition instead of a fixed time (hasten explain sleep-in-test)
//
// The first two lines are those of rustc, so what parses its messages (VS Code, vim's compiler plugins, Emacs) parses
// ours.

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/report/code_frame.h"
#include "analyzer/report/display_text.h"
#include "analyzer/report/report.h"
#include "analyzer/report/summary.h"

namespace hasten {
namespace {

constexpr std::size_t named_tests = 3;

class FullReport {
 public:
  FullReport(const ReportInput& input, const TextStyle& style)
      : input_(input), style_(style), paint_(style), places_(input.project, input.base) {}

  std::string text() {
    for (const Finding& finding : input_.findings) append(finding);
    if (style_.has_summary) out_ += summary_line(input_.findings.size()) + '\n';
    return std::move(out_);
  }

 private:
  void append(const Finding& finding) {
    FrameStyle frame{.width = style_.width, .caret = ink_of(finding.severity)};
    gutter_ = frame.gutter = gutter_width(places_, finding.place, frame);

    const std::string kind = fmt::format("{}[{}]", to_string(finding.severity), finding.rule);
    out_ += fmt::format("{}: {}\n", paint_(ink_of(finding.severity), kind),
                        paint_(Ink::bold, display_text(finding.message)));
    out_ += fmt::format("{:>{}}{} {}\n", "", gutter_, paint_(Ink::cyan, "-->"), places_.link(finding.place));
    out_ += code_frame(places_, finding.place, frame, paint_);
    append_places("chain", finding.chain);
    append_places("also", finding.related);
    append_tests(finding);
    append_cost(finding);
    if (finding.confidence != Confidence::high) note("confidence", to_string(finding.confidence));
    append_help(finding);
    out_ += '\n';
  }

  void note(std::string_view label, std::string_view text) {
    out_ += fmt::format("{:>{}} {} {} {}\n", "", gutter_, paint_(Ink::cyan, "="),
                        paint_(Ink::bold, fmt::format("{}:", label)), text);
  }

  void append_places(std::string_view label, std::span<const RelatedPlace> steps) {
    std::size_t number = 0;
    for (const RelatedPlace& step : steps) {
      const std::string text =
          fmt::format("{}. {} ({})", ++number, display_text(step.message), places_.line_link(step.place));
      if (number == 1) {
        note(label, text);
      } else {
        out_ += fmt::format("{:>{}}{}\n", "", gutter_ + label.size() + 5, text);
      }
    }
  }

  void append_tests(const Finding& finding) {
    if (finding.tests.empty()) return;
    std::string names;
    for (std::size_t i = 0; i < std::min(finding.tests.size(), named_tests); ++i) {
      const Test& test = input_.project->tests[finding.tests[i]];
      names += fmt::format("{}{}", i == 0 ? "" : ", ", display_text(input_.project.name(test.name)));
    }
    const bool names_all = finding.tests.size() <= named_tests;
    note("tests", fmt::format("{}{} {}", counted(finding.tests.size(), "test"), names_all ? ":" : ", e.g.", names));
  }

  void append_cost(const Finding& finding) {
    if (finding.cost.known()) note("cost", fmt::format("about {:.3g} s in one run", finding.cost.value));
  }

  void append_help(const Finding& finding) {
    const auto rule = std::ranges::find(input_.rules, finding.rule, &Rule::code);
    if (rule == input_.rules.end()) return;
    note("help",
         fmt::format("{}{}(hasten explain {})", (*rule)->help, (*rule)->help.empty() ? "" : " ", (*rule)->name));
  }

  const ReportInput& input_;
  const TextStyle& style_;
  Paint paint_;
  Places places_;
  std::size_t gutter_ = 2;
  std::string out_;
};

}  // namespace

std::string report_full(const ReportInput& input, const TextStyle& style) { return FullReport(input, style).text(); }

}  // namespace hasten
