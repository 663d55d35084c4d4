#pragma once

// How a command says which arguments it takes. What the user gives lands in the variables that are named here, before
// the command runs; what is not given leaves them alone.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hasten {

class Options {
 public:
  explicit Options(CLI::App& app) : app_(app) {}

  /// `names` is "-q,--quiet"; `value` what help calls the argument: FILE.
  Options& flag(const std::string& names, bool& is_given, const std::string& help);
  Options& text(const std::string& names, const std::string& value, std::optional<std::string>& target,
                const std::string& help);
  Options& number(const std::string& names, const std::string& value, std::size_t& target, const std::string& help);
  /// Several, separated by commas or by saying the option again.
  Options& list(const std::string& names, const std::string& value, std::vector<std::string>& target,
                const std::string& help);
  /// One of `words`.
  Options& choice(const std::string& names, const std::vector<std::string>& words, std::optional<std::string>& target,
                  const std::string& help);

  /// Arguments without a name: any number, or exactly one.
  Options& arguments(const std::string& name, std::vector<std::string>& target, const std::string& help);
  Options& argument(const std::string& name, std::string& target, const std::string& help);

 private:
  CLI::App& app_;
};

}  // namespace hasten
